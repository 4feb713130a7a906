"""Making the name tokens again from the names: after a restore, or with another key to search with.

They are derived and left out of backups. A job does this, dossier by dossier in the scope of its permit,
and a person whose key is gone simply is not found any more. Must never: keep a name longer than it takes.
Read next: `../../vault/rules/names.py`, `recording.py`.
"""

from hervat.dossiers.actions.recording import keep_name_tokens
from hervat.dossiers.models import Dossier, Identity
from hervat.dossiers.queries.cells import Opener
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.rows import within
from hervat.dossiers.rules.vocabulary import Field
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.rules.line import Effect, Manner
from hervat.register.cells import Shown
from hervat.register.permit import Permit
from hervat.register.vocabulary import Item, Operation, Use
from hervat.vault.queries import keys_for
from hervat.vault.rules.sealing import Domain

BATCH = 500
_BATCH = "SELECT dossier.* FROM dossiers_dossier AS dossier WHERE {within} AND {after} ORDER BY id LIMIT %s"


def rebuild_name_tokens(*, permit: Permit) -> int:
    """Make the tokens of every dossier in the permit's scope again, in batches; return how many dossiers."""
    permit.demand(Item.NAME_AND_ADDRESS, use=Use.READ)
    done, after = 0, None
    while True:
        batch = _rebuild(permit, after)
        if not batch:
            return done
        done, after = done + len(batch), batch[-1]


def _rebuild(permit: Permit, after: object) -> list[object]:
    act = act_of(permit, Operation.KEEP_DOSSIER, Effect.UPDATE)
    condition, values = within(permit)
    statement = _BATCH.format(within=condition, after="true" if after is None else "dossier.id > %s")
    params = [*values, *([] if after is None else [after]), BATCH]
    with permitted(permit):
        dossiers = list(Dossier.objects.raw(statement, params))
        if not dossiers:
            return []
        _make_again(permit, dossiers)
        items = {Item.NAME_AND_ADDRESS}
        record(act, [met(one.person_id, one.id, items, Manner.COMPUTED) for one in dossiers])
    return [one.id for one in dossiers]


def _make_again(permit: Permit, dossiers: list[Dossier]) -> None:
    persons = {dossier.person_id for dossier in dossiers}
    opener = Opener(permit, keys_for(persons, Domain.ORDINARY))
    rows = Identity.objects.filter(person__in=persons, replaced_at=None).values_list("person_id", "name")
    names = dict(rows)
    for dossier in dossiers:
        cell = opener.fact(dossier.person_id, dossier.id, Field.NAME, names.get(dossier.person_id))
        name = cell.value if isinstance(cell, Shown) else None
        keep_name_tokens(dossier, None if name is None else str(name))
