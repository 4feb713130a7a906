"""What a verification finds, in words: what it means, and what to do.

Nothing stops at the first finding. Of each kind the first few are told and the rest is counted, because
one changed leaf makes every later head wrong. Must never: repeat what a line holds.
Read next: `verify.py`.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

_TOLD = 20


class Kind(StrEnum):
    """What can be wrong, with what it means."""

    EDITED = "gewijzigd"
    SWAPPED = "verwisseld"
    MISSING = "verdwenen"
    EXTRA = "ingevoegd"
    DOUBLE = "dubbel"
    MARK = "volgorde"
    TILE = "tegel"
    HEAD = "hoofd"
    SIGNATURE = "handtekening"
    ROOT = "wortel"
    HEAD_MISSING = "hoofd verdwenen"
    TRUNCATED = "afgekapt"
    REWRITTEN = "herschreven"
    UNREADABLE = "onleesbaar"
    REDACTION = "opschoning"


MEANING: dict[Kind, str] = {
    Kind.EDITED: "de regel of het zout is na het verzegelen gewijzigd. Vergelijk met een back-up.",
    Kind.SWAPPED: "de regel staat op de plaats van een andere: er is verwisseld. Vergelijk met een back-up.",
    Kind.MISSING: "de regel is verzegeld en verwijderd, zonder opschoning. Haal hem uit een back-up.",
    Kind.EXTRA: "de regel is buiten het programma om ingevoegd en niet verzegeld. Zoek uit door wie.",
    Kind.DOUBLE: "het nummer komt twee keer voor. Zoek uit welke van de twee er niet hoort.",
    Kind.MARK: "de regel is verzegeld en zegt later te zijn dan het laatste hoofd: de volgorde is gewijzigd.",
    Kind.TILE: "de boom in de database is gewijzigd of beschadigd. Zet de tegels terug uit een back-up.",
    Kind.HEAD: "het hoofd is gewijzigd of hoort hier niet. Vergelijk met de mappen met controlepunten.",
    Kind.SIGNATURE: "de handtekening is niet van een bekende sleutel. Vertrouw dit hoofd niet.",
    Kind.ROOT: "de boom geeft een andere wortel dan is ondertekend: bladen zijn gewijzigd of verplaatst.",
    Kind.HEAD_MISSING: "dit hoofd is uitgegeven en is uit de database verdwenen. Zoek uit wie dat deed.",
    Kind.TRUNCATED: "het logboek was ooit langer: het einde is verwijderd. Haal het uit een back-up.",
    Kind.REWRITTEN: "een elders bewaard controlepunt past niet: het logboek is herschreven.",
    Kind.UNREADABLE: "dit controlepunt is niet te lezen of niet ondertekend met een bekende sleutel.",
    Kind.REDACTION: "de opschoning klopt niet met wat is vastgelegd: regels zijn zonder recht vernietigd.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: which leaf, line or head, and a sentence."""

    kind: Kind
    text: str
    leaf: int | None = None
    line: int | None = None
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Restore:
    """A head that owns up to a backup that was put back: of `lost` leaves `kept` came back."""

    kept: int
    lost: int
    at: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """A month whose lines are gone, and how many they were."""

    month: date
    lines: int


@dataclass(frozen=True, slots=True)
class Report:
    """What was verified, and everything that is wrong. `more` counts the findings that are not told."""

    size: int
    heads: int
    lines: int
    redacted: tuple[Redacted, ...]
    unsealed: int
    checkpoints: int
    restores: tuple[Restore, ...]
    lost_by_restore: int
    findings: tuple[Finding, ...]
    more: int

    @property
    def good(self) -> bool:
        return not self.findings

    @property
    def rest(self) -> str:
        """How many findings are not told, as a sentence; empty when all are."""
        return f"En nog {self.more}." if self.more else ""


@dataclass
class Findings:
    """Gathers what is wrong, a few of each kind."""

    told: list[Finding] = field(default_factory=list)
    counted: Counter[Kind] = field(default_factory=Counter)

    def add(
        self,
        kind: Kind,
        *,
        leaf: int | None = None,
        line: int | None = None,
        size: int | None = None,
        what: str = "",
    ) -> None:
        self.counted[kind] += 1
        if self.counted[kind] > _TOLD:
            return
        named = (("Regel", line), ("blad", leaf), ("hoofd met aantal", size))
        where = ", ".join(f"{name} {number}" for name, number in named if number is not None)
        text = ": ".join(part for part in (where, what, MEANING[kind]) if part)
        self.told.append(Finding(kind, text[:1].upper() + text[1:], leaf, line, size))

    @property
    def more(self) -> int:
        return self.counted.total() - len(self.told)
