"""Finding somebody: by the words of a name within one's scope, or by BSN or employee number.

Names are found by keyed tokens, numbers by blind indexes; neither lets the database be read. A number goes
through one function that answers with an id or nothing, and what comes back is only what the permit
reaches. Must never: say that somebody exists outside the scope, or log what was searched for.
Read next: `rows.py`, `../../vault/rules/names.py`.
"""

from typing import Any, Final

from hervat.dossiers.queries.caseload import LARGEST_PAGE, LISTED, SEE_CLOSED
from hervat.dossiers.queries.lines import met
from hervat.dossiers.queries.permitted import permitted
from hervat.dossiers.queries.rows import Found, Row, not_own, rows_of, within
from hervat.dossiers.rules.vocabulary import Field
from hervat.journal.actions.acting import act_of
from hervat.journal.actions.append import record
from hervat.journal.queries.prepared import ask, ids
from hervat.journal.rules.line import Effect, Manner
from hervat.register.permit import NotPermitted, Permit
from hervat.register.vocabulary import Item, Operation, Scope
from hervat.vault.queries import search_keys

MOST_WEIGHED: Final = 100
"""Of so many people at most the dossiers are looked at; who finds more must type more of the name."""

# Raw SQL: equality on a token and a unit is what an index serves under a policy; LIKE is not.
# The words are brought together among the tokens alone, and only then dossiers are looked at.
_OF_UNITS = f"""
SELECT dossier.* FROM (
    SELECT first.dossier_id FROM dossiers_nametoken AS first
    WHERE first.token = %s AND first.unit_id = ANY(%s::uuid[]) {{more}} LIMIT {MOST_WEIGHED}
) AS named JOIN dossiers_dossier AS dossier ON dossier.id = named.dossier_id
WHERE dossier.status = 'open' AND {{others}}
ORDER BY dossier.opened_on DESC, dossier.id DESC LIMIT %s
"""  # noqa: S608
_OF_OTHERS = """
SELECT dossier.* FROM dossiers_dossier AS dossier
WHERE {within} AND dossier.status = 'open' {more}
ORDER BY dossier.opened_on DESC, dossier.id DESC LIMIT %s
"""
# OFFSET 0: each row looks for itself, where the planner would read all of Defence that has this word.
_NAMED_TOO = """
AND EXISTS (
    SELECT FROM dossiers_nametoken AS other
    WHERE other.token = %s AND other.unit_id = {unit} AND other.dossier_id = {dossier} OFFSET 0
)"""
_OF_FIRST: Final = _NAMED_TOO.format(unit="first.unit_id", dossier="first.dossier_id")
_OF_DOSSIER: Final = _NAMED_TOO.format(unit="dossier.unit_id", dossier="dossier.id")
_OF_PERSON = "SELECT dossier.* FROM dossiers_dossier AS dossier WHERE {within} AND dossier.person_id = %s"
_FIND = "SELECT dossiers_find_person(%s, %s)"
_KINDS: Final = {Item.BSN: "bsn", Item.EMPLOYEE_ID: "employee"}


def search(permit: Permit, text: str) -> tuple[Row, ...]:
    """Return up to 50 open dossiers of people whose name has every word that was typed, newest first.

    Where very many have it, the newest of some of them: the list is then a reason to type on.
    Raises `NotPermitted` where the name may not be seen in full, and `TooShortError` for too little text.
    """
    _demand(permit, Item.NAME_AND_ADDRESS)
    tokens = search_keys().query_tokens(text)
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    page, params = _page(permit, tokens)
    with permitted(permit):
        found = rows_of(permit, page, params, LISTED)
        _record(act, found)
    return found.rows


def find(permit: Permit, *, item: Item, number: str) -> tuple[Row, ...]:
    """Return the dossiers within a permit of the person with this BSN or employee number; mostly one or none.

    A closed one is found by who may see it in a list only.
    Raises `NotPermitted` where that number may not be seen in full, and `BsnError` or `EmployeeNumberError`.
    """
    _demand(permit, item)
    keys = search_keys()
    index = keys.of_bsn(number) if item is Item.BSN else keys.of_employee_number(number)
    act = act_of(permit, Operation.LIST_CASELOAD, Effect.READ)
    condition, values = within(permit)
    if permit.authority not in SEE_CLOSED:
        condition = f"{condition} AND dossier.status = 'open'"
    with permitted(permit):
        ((person,),) = ask(_FIND, (_KINDS[item], index))
        found = rows_of(
            permit, _OF_PERSON.format(within=condition), [*values, person], (*LISTED, *_field(item))
        )
        _record(act, found)
    return found.rows


def _demand(permit: Permit, item: Item) -> None:
    # Whoever finds by a value sees that value: an outcome is not enough.
    if permit.scope(item) not in {Scope.FULL, Scope.CASE}:
        raise NotPermitted(f"Deze machtiging geeft geen recht om te zoeken op: {item}.")


def _page(permit: Permit, tokens: tuple[int, ...]) -> tuple[str, list[Any]]:
    if permit.units:
        first, *more = tokens
        others, oneself = not_own(permit)
        page = _OF_UNITS.format(more=_OF_FIRST * len(more), others=others)
        return page, [first, ids(permit.units), *more, *oneself, LARGEST_PAGE]
    condition, values = within(permit)
    page = _OF_OTHERS.format(within=condition, more=_OF_DOSSIER * len(tokens))
    return page, [*values, *tokens, LARGEST_PAGE]


def _field(item: Item) -> tuple[Field, ...]:
    return (Field.BSN,) if item is Item.BSN else ()


def _record(act: Any, found: Found) -> None:
    record(act, [met(row.person, row.dossier, found.items, Manner.LISTED) for row in found.rows])
