"""The rule a second time: who may do what with which item, in which relation, written apart from the program.

Copied by hand from section 6 of the domain study (`tests/register/table.py`) and from issue and design: one
naive function, and nothing of `hervat/access` or `hervat/register/decisions`.
It holds with the acceptances of the demonstration. Must never: ask the program what the answer is.
"""

from enum import StrEnum

from hervat.register.vocabulary import Authority, Cell, Item, Operation, Role, Scope, Use

from ..register.table import COLUMNS, LEGITIMATE_INTEREST, LETTERS, MEDICAL, SAID_BY_ONESELF, SPECIAL, rows

_NOT_NAMED = """
                              CO PO OB EG AD DC RI JD RO VA FS
uitkomst-en-plaatsing         R  W  –  –  R  W  P  C  R  –  W
deelname-programma            R  R  –  –  –  W  P  C  R  –  R
rechtspositie                 R  R  R  R  R  R  P  C  R  R  –
contactmomenten               W  W  R  W  W  W  P  C  R  R  W
"""
NOT_ACCEPTED = {Item.RANK, Item.ACCIDENT, Item.NURSING_ADDRESS}
"""Facts whose open point nobody accepted, not even in the demonstration."""

# The users of the system themselves: FG, auditor, administrator, everybody else; and the eleven of a dossier.
_OF_USERS = """
                              FG AU FB .. CO PO OB EG AD DC RI JD RO VA FS
gebruiker-naam                R  R  W  P  P  P  P  P  P  P  u  P  P  P  P
gebruiker-contact             R  –  W  P  P  P  P  P  P  P  P  P  P  P  P
gebruiker-inlogmiddelen       P  P  u  P  P  P  P  P  P  P  P  P  P  P  P
gebruiker-plaatsing           R  R  W  P  P  P  P  P  P  P  u  P  P  P  P
gebruiker-toewijzing          R  R  –  P  W  W  u  u  u  W  R  u  u  u  u
gebruiker-waarneming          R  R  W  P  P  P  P  P  P  P  P  P  P  P  P
gebruiker-handelingen         R  R  –  P  P  P  P  P  P  P  u  P  P  P  P
"""
_READS = {"R": Scope.FULL, "W": Scope.FULL, "P": Scope.OWN, "C": Scope.CASE, "u": Scope.OUTCOME}
_WRITES = {"W": Scope.FULL, "P": Scope.OWN}

KEPT_BY_ONESELF = {Item.USER_CONTACT, Item.USER_CREDENTIALS, Item.USER_DEPUTY}
"""What everybody keeps of their own account; all else of it is only read."""

OF_DOSSIERS = ("uitstroom", "loonsancties", "welzijn", "publiek-privaat", "wettelijke-plicht")
OF_THE_SURVEY = ("enquete",)
OF_USERS = ("toegang-regelen", "verantwoorden")
NO_PURPOSE = "bestaat-niet"
PURPOSES = (*OF_DOSSIERS, *OF_THE_SURVEY, *OF_USERS)
ALL_PURPOSES = (*PURPOSES, NO_PURPOSE)
WORKS_FOR = {
    "uitstroom": {Role.DCR_GUIDE, Role.RE_INTEGRANT, Role.FUTURE},
    "loonsancties": {Role.PO_ADVISER, Role.RE_INTEGRANT, Role.LEGAL_ADVISER, Role.ROBIDUS},
    "welzijn": {
        Role.COMMANDER,
        Role.PO_ADVISER,
        Role.EGB_PHYSICIAN,
        Role.DCR_GUIDE,
        Role.RE_INTEGRANT,
        Role.FUTURE,
    },
    "publiek-privaat": {Role.RE_INTEGRANT, Role.FUTURE},
    "wettelijke-plicht": set(COLUMNS),
    "enquete": {Role.RESPONDENT, Role.RESEARCHER},
    "toegang-regelen": set(Role),
    "verantwoorden": set(Role),
}
DONE_FOR = {
    "uitstroom": {
        Operation.PLACE,
        Operation.REFER,
        Operation.KEEP_CONTACT,
        Operation.COMPUTE_FIGURES,
    },
    "loonsancties": {Operation.REPORT_TO_UWV, Operation.CONTEST, Operation.COMPUTE_FIGURES},
    "welzijn": {Operation.READ_DOSSIER, Operation.KEEP_CONTACT, Operation.PLACE},
    "publiek-privaat": {Operation.COMPUTE_FIGURES, Operation.REFER},
    "wettelijke-plicht": {
        Operation.READ_DOSSIER,
        Operation.KEEP_DOSSIER,
        Operation.LIST_CASELOAD,
        Operation.REPORT_SICKNESS,
        Operation.ASSESS_CAPACITY,
        Operation.AGREE_PLAN,
        Operation.REPORT_TO_UWV,
        Operation.CONTEST,
        Operation.REFER,
        Operation.KEEP_CONTACT,
        Operation.EXERCISE_RIGHTS,
        Operation.DESTROY,
    },
    "enquete": {Operation.ANSWER_SURVEY, Operation.ANALYSE_SURVEY},
    "toegang-regelen": {Operation.ADMINISTER_USERS, Operation.LOG_IN, Operation.REFER},
    "verantwoorden": {Operation.OVERSEE, Operation.EXERCISE_RIGHTS},
}
"""What may be done for which purpose."""

BY_UNIT = {Role.COMMANDER, Role.PO_ADVISER, Role.UNIT_ADMIN_NCO}
DOCTORS = {Role.EGB_PHYSICIAN, Role.INSURANCE_PHYSICIAN, Role.OCCUPATIONAL_PHYSICIAN}
NO_CONTENT = {
    Role.PRIVACY_OFFICER,
    Role.RECORDS_MANAGER,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
    Role.MANAGEMENT,
    Role.RESEARCHER,
    Role.OCCUPATIONAL_PHYSICIAN,
}
"""Roles that somebody can be posted in and that reach no dossier, whatever anybody assigns them."""


class Relation(StrEnum):
    """How somebody stands to a dossier today; the posting is in the role that is tried."""

    NOTHING = "no posting and no assignment"
    OWN_UNIT = "posted at its unit"
    UNIT_AND_BELOW = "posted at the unit above, and below"
    UNIT_WITHOUT_BELOW = "posted at the unit above, without below"
    PART_AND_BELOW = "posted at the part of Defence, and below"
    PART_WITHOUT_BELOW = "posted at the part of Defence, without below"
    OTHER_UNIT = "posted at another unit, and below"
    POSTED_UNTIL_TODAY = "posted through today"
    POSTED_UNTIL_YESTERDAY = "posted through yesterday"
    POSTED_FROM_TOMORROW = "posted from tomorrow"
    REVOKED_TODAY = "posting revoked today"
    REVOKED_TOMORROW = "posting revoked from tomorrow"
    DISABLED = "posted and assigned, account closed today"
    ASSIGNED = "assigned"
    ASSIGNED_UNTIL_TODAY = "assigned through today"
    ASSIGNED_UNTIL_YESTERDAY = "assigned through yesterday"
    ASSIGNED_FROM_TOMORROW = "assigned from tomorrow"
    ENDED_TODAY = "assignment ended today"
    ENDED_YESTERDAY = "assignment ended yesterday"
    PROPOSED = "proposed"
    REJECTED = "rejected"
    BY_CASE = "assigned case by case, with a ground and an end"
    BY_CASE_UNTIL_YESTERDAY = "assigned case by case, through yesterday"
    ASSIGNED_NOT_POSTED = "assigned, without the role"
    ASSIGNED_NO_LONGER_POSTED = "assigned, posting through yesterday"
    ASSIGNED_IN_ANOTHER_ROLE = "assigned in a role that is not held"
    NOT_APPROVED = "posted at its unit and assigned, not approved by a second administrator"
    DEPUTY = "posted elsewhere, and deputy of who is posted at its unit or assigned"
    DEPUTY_UNTIL_YESTERDAY = "the same, through yesterday"
    DEPUTY_ENDED_TODAY = "the same, ended today"
    DEPUTY_WITHOUT_ROLE = "deputy, without the role"
    DEPUTY_OF_WHO_LEFT = "deputy in a posting that was revoked today"
    SELF = "it is about oneself, and one is posted at its unit and assigned"


NOT_HELD = {
    Relation.NOTHING,
    Relation.POSTED_UNTIL_YESTERDAY,
    Relation.POSTED_FROM_TOMORROW,
    Relation.REVOKED_TODAY,
    Relation.DISABLED,
    Relation.ASSIGNED_NOT_POSTED,
    Relation.ASSIGNED_NO_LONGER_POSTED,
    Relation.ASSIGNED_IN_ANOTHER_ROLE,
    Relation.DEPUTY_WITHOUT_ROLE,
}
"""Relations in which the role that is tried is not held today."""
OVERSEE, ADMINISTER = {Role.PRIVACY_OFFICER, Role.AUDITOR}, {Role.ADMINISTRATOR}
"""Who reads the log of others; who makes users and gives them their roles."""
_BY_POSTING = {
    Relation.OWN_UNIT,
    Relation.UNIT_AND_BELOW,
    Relation.PART_AND_BELOW,
    Relation.POSTED_UNTIL_TODAY,
    Relation.REVOKED_TOMORROW,
    Relation.NOT_APPROVED,
}
_BY_ASSIGNMENT = {Relation.ASSIGNED, Relation.ASSIGNED_UNTIL_TODAY, Relation.NOT_APPROVED}


def way_in(role: Role, relation: Relation) -> tuple[Role, Authority] | None:
    """As what somebody who is tried in a role comes in today; None when the dossier is not theirs to know."""
    if relation is Relation.SELF:
        return Role.RE_INTEGRANT, Authority.OWN
    if role not in COLUMNS or role is Role.RE_INTEGRANT:
        return None
    if role in DOCTORS and relation is Relation.NOT_APPROVED:
        return None
    if relation is Relation.DEPUTY:
        return (role, Authority.DEPUTY) if role is not Role.LEGAL_ADVISER else None
    if role in BY_UNIT:
        return (role, Authority.POSTING) if relation in _BY_POSTING else None
    if relation is Relation.BY_CASE:
        return role, Authority.CASE
    if relation not in _BY_ASSIGNMENT:
        return None
    # A legal adviser is never assigned otherwise than for a case.
    return role, Authority.CASE if role is Role.LEGAL_ADVISER else Authority.ASSIGNMENT


def at_desk(role: Role, relation: Relation, desk: set[Role]) -> tuple[Role, Authority] | None:
    """As what somebody sits at a desk that has nothing to do with a dossier; None when it is not theirs."""
    return (role, Authority.POSTING) if role in desk and relation not in NOT_HELD else None


def allowed(
    role: Role, item: Item, use: Use, purpose: str, authority: Authority, *, closed: bool = False
) -> Scope | None:
    """How much of an item may be used by who came in this way; None for nothing of it."""
    if purpose not in WORKS_FOR or role not in WORKS_FOR[purpose]:
        return None
    scope = (_READS if use is Use.READ else _WRITES).get(_letter(role, item, purpose))
    if use is Use.WRITE and scope is Scope.OWN and item not in SAID_BY_ONESELF | KEPT_BY_ONESELF:
        return None
    if scope is Scope.CASE and authority is not Authority.CASE:
        return None
    if scope is Scope.OWN and authority is not Authority.OWN:
        return None
    return None if closed and use is Use.WRITE else scope


def gets_in(role: Role, purpose: str, authority: Authority, *, closed: bool = False) -> bool:
    """Whether there is anything for who came in this way; after closing only for oneself and by case."""
    if closed and authority not in {Authority.OWN, Authority.CASE}:
        return False
    return any(allowed(role, item, use, purpose, authority, closed=closed) for item in Item for use in Use)


def _letter(role: Role, item: Item, purpose: str) -> str:
    if item.startswith("gebruiker-"):
        return _USERS[item].get(role, _USERS[item][None]) if purpose in OF_USERS else "–"
    if item.startswith("enquete-") or purpose not in OF_DOSSIERS or item in NOT_ACCEPTED:
        return "–"
    # AVG art. 9(2) and UAVG art. 46: never for a legitimate interest, and the BSN for the legal duty only.
    if item in SPECIAL | MEDICAL and purpose in LEGITIMATE_INTEREST:
        return "–"
    if item is Item.BSN and purpose != "wettelijke-plicht":
        return "–"
    return _DOSSIERS[item].get(role, "–")


def _table(text: str, columns: tuple[Role | None, ...]) -> dict[Item, dict[Role | None, str]]:
    lines = text.strip().splitlines()[1:]
    return {Item(code): dict(zip(columns, letters, strict=True)) for code, *letters in map(str.split, lines)}


_SIGNS: dict[Cell, str] = {cell: letter for letter, cell in LETTERS.items()}
_DOSSIERS: dict[Item, dict[Role | None, str]] = {
    item: {role: _SIGNS[cell] for role, cell in cells.items()} for item, cells in rows().items()
} | _table(_NOT_NAMED, COLUMNS)
_USERS = _table(_OF_USERS, (Role.PRIVACY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR, None, *COLUMNS))
