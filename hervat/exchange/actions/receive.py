"""Takes in one message: once, for the dossier it is about, or sets it apart; one transaction each.

What came before under the same number does nothing; the same number with other content is set apart. A
message about somebody without an open dossier is counted and leaves nothing of what it said, also when it is
faulty: only who is sick is kept. Killed halfway, a delivery can be given again from the start.
Must never: let one bad message stop the rest, or keep what it said unsealed.
Read next: `applying.py` (what each kind does), `quarantine.py`, `../rules/reading.py`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError

from hervat.dossiers.actions.recording import StaleDossier
from hervat.dossiers.queries.permitted import together
from hervat.dossiers.rules.vocabulary import Status
from hervat.exchange.actions.applying import apply
from hervat.exchange.actions.quarantine import set_apart
from hervat.exchange.rules.admitting import Admits
from hervat.exchange.rules.faults import Fault, FaultCode, Faulty
from hervat.exchange.rules.reading import Line, about, canonical, read_line
from hervat.exchange.rules.vocabulary import KNOWN_DAYS, LOOSE, MessageKind, Outcome
from hervat.journal.queries.prepared import ask
from hervat.vault.queries import search_keys
from hervat.vault.rules.finding import EmployeeNumberError

_TRIES: Final = 5
_KNOWN_FOR: Final = timedelta(days=KNOWN_DAYS)
# Raw SQL: both are written for every message, and the ORM takes longer than PostgreSQL.
_KNOWN = "SELECT digest FROM exchange_inbox WHERE id = %s"
_KEEP = """
INSERT INTO exchange_inbox (id, digest, kind, outcome, about) VALUES (%s, %s, %s, %s, nullif(%s, '')::uuid)
"""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one message: its number if it has one, its kind, and the fault it was set apart for."""

    id: UUID | None
    kind: MessageKind | None
    outcome: Outcome
    fault: Fault | None = None


def receive(*, admits: Admits, text: str, line: int | None = None) -> Received:
    """Take in one message and return what became of it. `line` is where it stood, for who looks for it.

    Raises whatever makes it impossible to take in any message: no database, no keys, no purpose.
    """
    said = read_line(text)
    digest = search_keys().of_message(canonical(text))
    for last in (*(False,) * (_TRIES - 1), True):
        try:
            return _take_in(admits, said, digest, line)
        except (StaleDossier, IntegrityError):
            # Somebody else was first with this dossier, this person or this number: look again.
            if last:
                raise
    raise AssertionError  # the last try returned or raised


def _take_in(admits: Admits, said: Line, digest: bytes, line: int | None) -> Received:
    """Let a good message do what it says; one that is not, or that does not fit, is set apart after it."""
    try:
        with together():
            return _bring(admits, said, digest)
    except Faulty as error:
        fault = error.fault
    with together():
        key = _key_of(said, digest)
        if key is None:
            return Received(said.id, said.kind, Outcome.DUPLICATE)
        if _is_about_nobody_sick(admits, said):
            return _keep(said, key, digest, Outcome.NOT_SICK)
        set_apart(admits=admits, key=key, said=said, fault=fault, line=line)
        return _keep(said, key, digest, Outcome.QUARANTINED, fault)


def _bring(admits: Admits, said: Line, digest: bytes) -> Received:
    key = _key_of(said, digest)
    if key is None:
        return Received(said.id, said.kind, Outcome.DUPLICATE)
    if key != said.id and said.id is not None:
        raise Faulty(FaultCode.OTHER_CONTENT)
    if said.fault is not None or said.message is None:
        fault = said.fault or Fault(FaultCode.NO_MESSAGE)
        raise Faulty(fault.code, *fault.members)
    if said.message.sent_at.date() < admits.on - _KNOWN_FOR:
        raise Faulty(FaultCode.TOO_OLD)
    return _keep(said, key, digest, apply(admits=admits, message=said.message))


def _key_of(said: Line, digest: bytes) -> UUID | None:
    """Return the number to keep a line under, or None when it came before.

    Without a number of its own, or under one that came with other content, it gets one of its digest.
    """
    known = None if said.id is None else _known(said.id)
    if known == digest:
        return None
    if said.id is not None and known is None:
        return said.id
    made = _number_of(digest)
    return made if _known(made) is None else None


def _keep(said: Line, key: UUID, digest: bytes, outcome: Outcome, fault: Fault | None = None) -> Received:
    kind, about = said.kind.value if said.kind else "", _about(said)
    ask(_KEEP, [key, digest, kind, outcome.value, str(about or "")])
    return Received(said.id, said.kind, outcome, fault)


def _about(said: Line) -> UUID | None:
    facts = said.message.facts if said.message else None
    return getattr(facts, "corrects", None) or getattr(facts, "withdraws", None)


def _known(key: UUID) -> bytes | None:
    rows = ask(_KNOWN, [key])
    return bytes(rows[0][0]) if rows else None


def _number_of(digest: bytes) -> UUID:
    """Return the number of a line that has none of its own: made of its digest, so that it is once too."""
    return UUID(bytes=digest[:16], version=4)


def _is_about_nobody_sick(admits: Admits, said: Line) -> bool:
    """Whether a faulty message only brings loose facts of somebody of whom nothing is kept."""
    if said.kind not in LOOSE:
        return False
    number, _ = about(said.kept)
    if number is None:
        return False
    try:
        found = admits.person(number)
    except EmployeeNumberError:
        return False
    return found is None or found.latest.status is not Status.OPEN
