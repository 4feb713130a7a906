"""From files to the register and its history.

A register is an entry file with beside it `reading.yaml`, `open_points.yaml`, `versions.yaml`, the
folder `versions/` and, when it has one of its own, `users.yaml`. What does not load is refused whole,
with file and line: there is never half a register. Read next: `in_force.py`.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from hervat.register.document import Node, RegisterError, read_archive, read_document
from hervat.register.entry import parse_entry
from hervat.register.history import History, canonical, digest_of_data
from hervat.register.model import Entry, ItemReading, OpenPoint, OpenPointId, Reading, Register, Version
from hervat.register.open_points import CONTROLLERS, MATRIX, SUPPLY, parse_open_points
from hervat.register.reading import merge_readings, parse_reading
from hervat.register.vocabulary import Cell, Item

HOME = Path(__file__).parent
OWN_ENTRY = HOME / "d2599.yaml"


@dataclass(frozen=True, slots=True)
class Source:
    """The four documents of one version, from working files or from the archive."""

    entry: Node
    reading: Node
    users: Node
    open_points: Node

    def data(self) -> dict[str, object]:
        """Return everything a version says, as plain data: what is archived and what is digested."""
        return {
            "entry": self.entry.plain(),
            "reading": self.reading.plain(),
            "users": self.users.plain(),
            "open_points": self.open_points.plain(),
        }


def read_source(entry: Path) -> Source:
    """Read the working files of a register. Raises `RegisterError`."""
    return Source(*(read_document(path) for path in _files(entry)))


def _files(entry: Path) -> tuple[Path, Path, Path, Path]:
    """Return the four files of a register, in the order of `Source`."""
    users = entry.with_name("users.yaml")
    return (
        entry,
        entry.with_name("reading.yaml"),
        users if users.exists() else HOME / "users.yaml",
        entry.with_name("open_points.yaml"),
    )


def build(source: Source, version: Version) -> Register:
    """Make a register of its documents. Raises `RegisterError` with file and line."""
    users = source.users.only("entry", "reading", "open_points")
    entries = [parse_entry(source.entry), parse_entry(users.get("entry"))]
    own = parse_reading(source.reading, entries[0], {})
    readings = [own, parse_reading(users.get("reading"), entries[1], own.roles)]
    points = [parse_open_points(source.open_points), parse_open_points(users.get("open_points"))]
    _refuse_shared(users, entries, readings, points)
    open_points = points[0] | points[1]
    register = Register(
        entries=tuple(entries), reading=merge_readings(readings), open_points=open_points, version=version
    )
    _refuse_dangling(source, register)
    return register


def load_history(entry: Path) -> History:
    """Load every version of a register, and refuse one whose files were changed since its release.

    Raises `RegisterError`: a decision must be explainable by the version its log line names.
    """
    versions = read_versions(entry)
    if versions[-1].files == _digest_of_files(entry):
        # Not a byte has changed: the archive says the same, and reads in a twentieth of the time
        return History([build(_archived(entry, version), version) for version in versions])
    source = read_source(entry)
    latest = build(source, versions[-1])
    if digest_of_data(source.data()) != versions[-1].digest:
        raise RegisterError(
            entry.name,
            f"het register of de lezing is gewijzigd sinds versie {versions[-1].number}.",
            "Leg de wijziging vast: hervat register release --from DATUM --change 'wat er verandert'.",
        )
    archives = [_archived(entry, version) for version in versions]
    before = [build(one, version) for one, version in zip(archives, versions[:-1], strict=False)]
    return History([*before, latest])


def _digest_of_files(entry: Path) -> str:
    try:
        return hashlib.sha256(b"\0".join(path.read_bytes() for path in _files(entry))).hexdigest()
    except OSError:
        return ""  # `read_source` says which one is missing


def read_versions(entry: Path) -> tuple[Version, ...]:
    """Read the list of versions, oldest first. Raises `RegisterError` when it is missing or out of order."""
    node = read_document(entry.with_name("versions.yaml")).only("versions")
    versions: list[Version] = []
    for child in node.get("versions"):
        version = _version(child)
        if version.number != len(versions) + 1 or (
            versions and version.valid_from <= versions[-1].valid_from
        ):
            raise child.fail(OUT_OF_ORDER, RELEASE_ONLY)
        versions.append(version)
    if not versions:
        raise node.fail("er staat geen versie in.", RELEASE_ONLY)
    return tuple(versions)


OUT_OF_ORDER = "de versies zijn niet doorlopend genummerd vanaf 1 met een steeds latere datum."
RELEASE_ONLY = "Herstel de lijst; versies worden alleen toegevoegd met 'hervat register release'."


def release(entry: Path, valid_from: date, change: str) -> Version:
    """Make the working files the next version: archive their data and add it to the list.

    Raises `RegisterError` when nothing changed, when the date is not after that of the last version, or when
    a cell `eigen` does not say what somebody records about themselves.
    """
    versions = read_versions(entry) if entry.with_name("versions.yaml").exists() else ()
    source = read_source(entry)
    _refuse_unsaid(source, build(source, Version(len(versions) + 1, valid_from, "", change)))
    data = source.data()
    version = Version(len(versions) + 1, valid_from, digest_of_data(data), change, _digest_of_files(entry))
    if not change.strip():
        raise RegisterError(entry.name, "er staat niet wat er verandert.", "Zeg het in een zin.")
    if versions and version.digest == versions[-1].digest:
        raise RegisterError(
            entry.name, "er is niets gewijzigd sinds de laatste versie.", "Er is niets te doen."
        )
    if versions and valid_from <= versions[-1].valid_from:
        raise RegisterError(
            entry.name,
            f"versie {versions[-1].number} geldt al vanaf {versions[-1].valid_from}.",
            "Kies een latere datum: een versie die gold, verandert niet meer.",
        )
    _archive(entry, version, data, versions)
    return version


def archive_path(entry: Path, number: int) -> Path:
    """Return where the data of a version is kept."""
    return entry.with_name("versions") / f"{number}.json"


def _archive(entry: Path, version: Version, data: object, before: tuple[Version, ...]) -> None:
    path = archive_path(entry, version.number)
    rows = [asdict(one) for one in (*before, version)]
    header = "# The versions of this register, oldest first. Written by `hervat register release` only.\n"
    lines = [f"  - {_flow(row)}\n" for row in rows]
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(canonical(data) + "\n", encoding="utf-8")
        entry.with_name("versions.yaml").write_text(f"{header}versions:\n{''.join(lines)}", encoding="utf-8")
    except OSError:
        raise RegisterError(
            str(entry.parent), "de map van het register is niet te schrijven.", "Controleer de rechten."
        ) from None


def _flow(row: dict[str, object]) -> str:
    parts = [f"{key}: {canonical(value) if isinstance(value, str) else value}" for key, value in row.items()]
    return "{" + ", ".join(parts) + "}"


def _archived(entry: Path, version: Version) -> Source:
    path = archive_path(entry, version.number)
    node = read_archive(path)
    if digest_of_data(node.plain()) != version.digest:
        raise RegisterError(
            f"versions/{path.name}",
            "dit archief is gewijzigd: de controlegetallen komen niet overeen.",
            "Zet het oorspronkelijke bestand terug; logregels verwijzen ernaar.",
        )
    return Source(**{key: node.get(key) for key in ("entry", "reading", "users", "open_points")})


def _version(node: Node) -> Version:
    node.only("number", "valid_from", "digest", "change", "files")
    return Version(
        number=node.whole("number"),
        valid_from=node.day("valid_from"),
        digest=node.text("digest"),
        change=node.text("change"),
        files=node.text("files"),
    )


def _refuse_shared(
    users: Node, entries: list[Entry], readings: list[Reading], points: list[dict[OpenPointId, OpenPoint]]
) -> None:
    """Refuse a code that both entries use: a decision must belong to exactly one."""
    first, second = readings
    shared: set[str] = {*(set(first.items) & set(second.items))}
    shared |= set(first.purposes) & set(second.purposes)
    shared |= set(first.terms) & set(second.terms)
    shared |= {group.id for group in entries[0].groups} & {group.id for group in entries[1].groups}
    shared |= set(points[0]) & set(points[1])
    if shared:
        raise users.fail(
            f"{', '.join(sorted(shared))} staat ook in {entries[0].reference}.",
            "Geef elk gegeven, doel, elke groep en termijn en elk open punt aan precies een verwerking.",
        )


def _refuse_dangling(source: Source, register: Register) -> None:
    """Refuse what refers to something that does not exist, and a cell that nothing in the entry bears."""
    for row in (*source.reading.get("items"), *source.users.get("reading").get("items")):
        reading = register.reading.items[row.member(Item, "item")]
        _refuse_unheld(row, reading, register)
        _refuse_unnamed(row, reading, register)
    for row in (*source.open_points, *source.users.get("open_points")):
        point = register.open_points[OpenPointId(row.text("id"))]
        wrong = _unread(point, register)
        if wrong:
            raise row.fail(
                f"het open punt '{point.id}' noemt {', '.join(wrong)}, en dat bestaat niet in de lezing.",
                "Verbeter de code.",
            )


def _refuse_unsaid(source: Source, register: Register) -> None:
    """Refuse a new version that leaves open what `eigen` lets somebody record; the first ones did."""
    for reading, entry in zip((source.reading, source.users.get("reading")), register.entries, strict=True):
        items = [one for one in register.reading.items.values() if register.entry_of(one.item) is entry]
        if any(one.own is None and Cell.OWN in one.cells.values() for one in items):
            raise reading.fail(
                "er staat niet wat iemand met een cel 'eigen' over zichzelf vastlegt.",
                "Noem onder 'own' de gegevens waarvan iemand zelf de bron is; de rest leest die alleen.",
            )


def _refuse_unheld(row: Node, reading: ItemReading, register: Register) -> None:
    """An item that the entry does not name must be refused by its open point, whoever asks."""
    if reading.open_point is None:
        return
    point = register.open_points.get(reading.open_point)
    if point is None:
        raise row.fail(
            f"'{reading.item}' verwijst naar het open punt '{reading.open_point}', dat er niet is.",
            "Voeg het toe aan open_points.yaml of verbeter de code.",
        )
    blocks = point.blocks
    others = blocks and (blocks.roles or blocks.classes or blocks.purposes or blocks.uses)
    if blocks is None or others or reading.item not in blocks.items:
        raise row.fail(
            f"het open punt '{point.id}' houdt '{reading.item}' niet tegen.",
            "Noem het gegeven bij 'blocks', onder 'items', en niets ernaast.",
        )


def _refuse_unnamed(row: Node, reading: ItemReading, register: Register) -> None:
    """Who is not a recipient gets at most the own data, unless an open point is about that role."""
    recipients = {recipient.role for recipient in register.entry_of(reading.item).recipients}
    about = {role for point in register.open_points.values() if point.blocks for role in point.blocks.roles}
    unnamed = [
        role
        for role, cell in reading.cells.items()
        if cell not in {Cell.NOTHING, Cell.OWN} and role not in recipients | about
    ]
    if unnamed:
        raise row.fail(
            f"'{reading.item}' geeft een cel aan {', '.join(unnamed)}, die geen ontvanger is "
            "en bij geen open punt hoort.",
            "Geef 'niets', of maak er een open punt van.",
        )


def _unread(point: OpenPoint, register: Register) -> list[str]:
    reading = register.reading
    grounds = (ground for entry in register.entries for one in entry.purposes for ground in one.named)
    elements = {MATRIX, SUPPLY, CONTROLLERS, *(f"grond: {ground}" for ground in grounds)}
    named: list[str] = [term for term in point.terms if term not in reading.terms]
    named += [element for element in point.elements if element not in elements]
    if point.blocks:
        named += sorted(point.blocks.purposes - reading.purposes.keys())
        named += sorted(point.blocks.items - reading.items.keys())
        named += sorted(point.blocks.roles - reading.roles.keys())
    return named
