"""From files to the register and its history.

A register is an entry file with beside it `reading.yaml`, `open_points.yaml`, `versions.yaml`, the
folder `versions/` and, when it has one of its own, `users.yaml`. What does not load is refused whole,
with file and line: there is never half a register. Read next: `in_force.py`.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hervat.register.document import Node, RegisterError, read_document
from hervat.register.entry import parse_entry
from hervat.register.history import History, canonical, digest_of_data
from hervat.register.model import Entry, OpenPoint, OpenPointId, Reading, Register, Version
from hervat.register.open_points import parse_open_points
from hervat.register.reading import merge_readings, parse_reading

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
    users = entry.with_name("users.yaml")
    return Source(
        entry=read_document(entry),
        reading=read_document(entry.with_name("reading.yaml")),
        users=read_document(users if users.exists() else HOME / "users.yaml"),
        open_points=read_document(entry.with_name("open_points.yaml")),
    )


def build(source: Source, version: Version) -> Register:
    """Make a register of its documents. Raises `RegisterError` with file and line."""
    users = source.users.only("entry", "reading", "open_points")
    entries = [parse_entry(source.entry), parse_entry(users.get("entry"))]
    own = parse_reading(source.reading, entries[0], {})
    readings = [own, parse_reading(users.get("reading"), entries[1], own.roles)]
    _refuse_shared(users, entries, readings)
    open_points = parse_open_points(source.open_points) | parse_open_points(users.get("open_points"))
    register = Register(
        entries=tuple(entries), reading=merge_readings(readings), open_points=open_points, version=version
    )
    _refuse_dangling(source, register)
    return register


def load_history(entry: Path) -> History:
    """Load every version of a register, and refuse one whose working files were changed since.

    Raises `RegisterError`: a decision must be explainable by the version its log line names.
    """
    versions = read_versions(entry)
    source = read_source(entry)
    if digest_of_data(source.data()) != versions[-1].digest:
        raise RegisterError(
            entry.name,
            f"het register of de lezing is gewijzigd sinds versie {versions[-1].number}.",
            "Leg de wijziging vast: hervat register release --from DATUM --change 'wat er verandert'.",
        )
    return History([*(_archived(entry, version) for version in versions[:-1]), build(source, versions[-1])])


def read_versions(entry: Path) -> tuple[Version, ...]:
    """Read the list of versions, oldest first. Raises `RegisterError` when it is missing or out of order."""
    node = read_document(entry.with_name("versions.yaml")).only("versions")
    versions = tuple(_version(child) for child in node.get("versions"))
    numbers = [version.number for version in versions]
    days = [version.valid_from for version in versions]
    if numbers != list(range(1, len(numbers) + 1)) or not numbers or days != sorted(set(days)):
        raise node.fail(
            "de versies zijn niet doorlopend genummerd vanaf 1 met een steeds latere datum.",
            "Herstel de lijst; versies worden alleen toegevoegd met 'hervat register release'.",
        )
    return versions


def release(entry: Path, valid_from: date, change: str) -> Version:
    """Make the working files the next version: archive their data and add it to the list.

    Raises `RegisterError` when nothing changed, or the date is not after that of the last version.
    """
    versions = read_versions(entry) if entry.with_name("versions.yaml").exists() else ()
    source = read_source(entry)
    data = source.data()
    version = Version(len(versions) + 1, valid_from, digest_of_data(data), change)
    build(source, version)
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
    path.parent.mkdir(exist_ok=True)
    path.write_text(canonical(data) + "\n", encoding="utf-8")
    rows = [
        {"number": one.number, "valid_from": one.valid_from, "digest": one.digest, "change": one.change}
        for one in (*before, version)
    ]
    header = "# The versions of this register, oldest first. Written by `hervat register release` only.\n"
    lines = [f"  - {_flow(row)}\n" for row in rows]
    entry.with_name("versions.yaml").write_text(f"{header}versions:\n{''.join(lines)}", encoding="utf-8")


def _flow(row: dict[str, object]) -> str:
    parts = [f"{key}: {canonical(value) if isinstance(value, str) else value}" for key, value in row.items()]
    return "{" + ", ".join(parts) + "}"


def _archived(entry: Path, version: Version) -> Register:
    path = archive_path(entry, version.number)
    node = read_document(path).only("entry", "reading", "users", "open_points")
    if digest_of_data(node.plain()) != version.digest:
        raise RegisterError(
            f"versions/{path.name}",
            "dit archief is gewijzigd: de controlegetallen komen niet overeen.",
            "Zet het oorspronkelijke bestand terug; logregels verwijzen ernaar.",
        )
    parts = {key: node.get(key) for key in ("entry", "reading", "users", "open_points")}
    return build(Source(**parts), version)


def _version(node: Node) -> Version:
    node.only("number", "valid_from", "digest", "change")
    return Version(
        number=node.whole("number"),
        valid_from=node.day("valid_from"),
        digest=node.text("digest"),
        change=node.text("change"),
    )


def _refuse_shared(users: Node, entries: list[Entry], readings: list[Reading]) -> None:
    """Refuse a code that both entries use: a decision must belong to exactly one."""
    first, second = readings
    shared: set[str] = {*(set(first.items) & set(second.items))}
    shared |= set(first.purposes) & set(second.purposes)
    shared |= {group.id for group in entries[0].groups} & {group.id for group in entries[1].groups}
    if shared:
        raise users.fail(
            f"{', '.join(sorted(shared))} staat ook in {entries[0].reference}.",
            "Geef elk gegeven, doel en elke groep aan precies een verwerking.",
        )


def _refuse_dangling(source: Source, register: Register) -> None:
    """Refuse a reference to an open point, purpose, item or term that does not exist."""
    points: dict[OpenPointId, OpenPoint] = dict(register.open_points)
    for reading in register.reading.items.values():
        if reading.open_point is not None and reading.open_point not in points:
            raise source.reading.fail(
                f"'{reading.item}' verwijst naar het open punt '{reading.open_point}', dat er niet is.",
                "Voeg het toe aan open_points.yaml of verbeter de code.",
            )
    for point in points.values():
        wrong: list[str] = [term for term in point.terms if term not in register.reading.terms]
        if point.blocks:
            wrong += [
                purpose for purpose in point.blocks.purposes if purpose not in register.reading.purposes
            ]
        if wrong:
            raise source.open_points.fail(
                f"het open punt '{point.id}' noemt {', '.join(wrong)}, en dat bestaat niet in de lezing.",
                "Verbeter de code.",
            )
