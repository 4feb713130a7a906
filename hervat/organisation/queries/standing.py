"""What the door asks before there is a permit: somebody's postings on a day, and the tree of units.

Neither logs: the door does, with what it decided from them. The tree is kept in memory under the version
that PostgreSQL gave it, and every question compares that version in the caller's own transaction, so it is
never older than what the caller may see. Must never: be asked by anything but the door and this room.
Read next: `../rules/postings.py`, `../migrations/0002_guards.py`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from hervat.journal.queries.prepared import ask, ids
from hervat.organisation import models
from hervat.organisation.rules.deputies import DEPUTISED
from hervat.organisation.rules.postings import By, Posting, in_force
from hervat.organisation.rules.units import Tree, Unit, UnitKind, tree_of
from hervat.register.vocabulary import ActorKind, Role


class _Row(NamedTuple):
    """The columns of a posting."""

    id: UUID
    user_id: UUID
    role: str
    unit_id: UUID | None
    below: bool
    below_reason: str
    starts_on: date
    ends_on: date | None
    granted_by_kind: str
    granted_by: str
    approved_on: date | None
    approved_by_kind: str | None
    approved_by: str | None
    revoked_on: date | None
    revoked_by_kind: str | None
    revoked_by: str | None
    revoke_reason: str


_COLUMNS = ", ".join(f"posting.{name}" for name in _Row._fields)

# Raw SQL: the version belongs to no model, so that emptying the tables of a test leaves its row.
_VERSION = "SELECT version FROM organisation_tree"
# One statement, so that version and units are of one moment.
_UNITS = """
SELECT tree.version, unit.id, unit.kind, unit.parent_id, unit.abbreviation, unit.name, unit.closed_on
FROM organisation_tree AS tree LEFT JOIN organisation_unit AS unit ON true
"""
# Asked at every step through the door, and the ORM takes longer to write it than PostgreSQL to answer it.
# The version of the tree comes along: together they are one question.
_POSTINGS = f"""
SELECT {_COLUMNS}
FROM organisation_posting AS posting JOIN organisation_user AS person ON person.code = posting.user_id
WHERE posting.user_id = %(user)s
    AND (person.disabled_on IS NULL OR person.disabled_on > %(on)s)
    AND posting.starts_on <= %(on)s
    AND (posting.ends_on IS NULL OR posting.ends_on >= %(on)s)
ORDER BY posting.starts_on, posting.id
"""  # noqa: S608

_DISABLED = "EXISTS (SELECT FROM organisation_user WHERE code = %(user)s AND disabled_on <= %(on)s)"
# In whose stead; whether the deputy holds the role is compared afterwards. A closed account has no deputy.
_DEPUTISED = f"""
SELECT {_COLUMNS}
FROM organisation_deputy AS named
JOIN organisation_posting AS posting ON posting.id = named.posting_id
JOIN organisation_user AS principal ON principal.code = named.principal_id
WHERE named.deputy_id = %(user)s
    AND named.starts_on <= %(on)s AND named.ends_on >= %(on)s
    AND (named.revoked_on IS NULL OR named.revoked_on > %(on)s)
    AND (principal.disabled_on IS NULL OR principal.disabled_on > %(on)s)
ORDER BY posting.starts_on, posting.id
"""  # noqa: S608
_STANDING = f"""
SELECT tree.version, {_DISABLED}, {_COLUMNS} FROM organisation_tree AS tree LEFT JOIN (
    SELECT * FROM ({_POSTINGS}) AS own UNION ALL SELECT * FROM ({_DEPUTISED}) AS others
) AS posting ON true
"""  # noqa: S608


# Two questions in one, each along its own index: who is posted near, and who these others are.
_NEAR = f"""
SELECT person.code, person.name, {_COLUMNS}
FROM organisation_posting AS posting JOIN organisation_user AS person ON person.code = posting.user_id
WHERE posting.unit_id = ANY(%(units)s::uuid[]) AND posting.role = ANY(%(roles)s::text[])
    AND NOT posting.user_id = ANY(%(users)s::uuid[])
UNION ALL
SELECT person.code, person.name, {_COLUMNS}
FROM organisation_user AS person LEFT JOIN organisation_posting AS posting ON posting.user_id = person.code
WHERE person.code = ANY(%(users)s::uuid[])
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Standing:
    """Postings that count on a day. `deputised` are of colleagues, in roles that one holds oneself.

    `tree` is that of the units, as it was at the same moment; `disabled` is whether the account is closed.
    """

    own: tuple[Posting, ...]
    deputised: tuple[Posting, ...]
    tree: Tree
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    version: UUID
    tree: Tree


_kept: _Kept | None = None


def roles_on(user_code: UUID, on: date) -> tuple[Posting, ...]:
    """Return the postings of a user that count on a day; none for who is unknown or disabled."""
    found = ask(_POSTINGS, {"user": user_code, "on": on})
    postings = (as_posting(_Row(*columns)) for columns in found)
    return tuple(posting for posting in postings if in_force(posting, on))


def standing_on(user_code: UUID, on: date) -> Standing:
    """Return as what a user may act on a day: by postings of their own, and in a colleague's stead."""
    found = ask(_STANDING, {"user": user_code, "on": on})
    rows = (as_posting(_Row(*columns)) for _, _, *columns in found if columns[0] is not None)
    postings = [posting for posting in rows if in_force(posting, on)]
    own = tuple(posting for posting in postings if posting.user == user_code)
    held = {posting.role for posting in own} & DEPUTISED
    deputised = tuple(one for one in postings if one.user != user_code and one.role in held)
    return Standing(own, deputised, _tree(found[0][0]), disabled=bool(found[0][1]))


def is_disabled(user_code: UUID, on: date) -> bool:
    """Return whether an account is closed on a day. For who has a dossier and no posting to lose."""
    ((disabled,),) = ask(f"SELECT {_DISABLED}", {"user": user_code, "on": on})
    return bool(disabled)


def postings_near(
    units: Collection[UUID], roles: Collection[Role], users: Collection[UUID]
) -> tuple[dict[UUID, str], list[Posting]]:
    """Return names and postings, oldest first: of who has these roles at these units, and of these users."""
    values = {"units": ids(units), "roles": [role.value for role in roles], "users": ids(users)}
    found = ask(_NEAR, values)
    names = {code: name for code, name, *_ in found}
    rows = (_Row(*columns) for _, _, *columns in found if columns[0] is not None)
    return names, sorted(map(as_posting, rows), key=lambda one: (one.starts_on, one.id))


def unit_tree() -> Tree:
    """Return the tree of units as the caller's transaction sees it."""
    ((version,),) = ask(_VERSION)
    return _tree(version)


def _tree(version: UUID) -> Tree:
    global _kept
    kept = _kept
    if kept is None or kept.version != version:
        kept = _kept = _read()
    return kept.tree


def _read() -> _Kept:
    rows = ask(_UNITS)
    units = [
        Unit(
            id=id, kind=UnitKind(kind), parent=parent, abbreviation=abbreviation, name=name, closed_on=closed
        )
        for _, id, kind, parent, abbreviation, name, closed in rows
        if id is not None
    ]
    return _Kept(rows[0][0], tree_of(units))


def as_posting(row: "models.Posting | _Row") -> Posting:
    """Return a row as the value that the rules take."""
    return Posting(
        id=row.id,
        user=row.user_id,
        role=Role(row.role),
        unit=row.unit_id,
        below=row.below,
        below_reason=row.below_reason,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        granted_by=By(ActorKind(row.granted_by_kind), row.granted_by),
        approved_on=row.approved_on,
        approved_by=_by(row.approved_by_kind, row.approved_by),
        revoked_on=row.revoked_on,
        revoked_by=_by(row.revoked_by_kind, row.revoked_by),
        revoke_reason=row.revoke_reason,
    )


def _by(kind: str | None, code: str | None) -> By | None:
    return None if kind is None or code is None else By(ActorKind(kind), code)
