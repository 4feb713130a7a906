"""The register for people and machines: as the published text, as Markdown, and as plain data.

Nothing is left out here and nothing added: what is ours (the reading, the open points) stands apart
from what the entry says. Read next: `entry.py` (the text), `matrix.py` (who may see what).
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

from hervat.register.entry import rebuild, text_of
from hervat.register.history import canonical
from hervat.register.model import Acceptance, Entry, OpenPointId, Register

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def as_text(register: Register) -> str:
    """Return exactly the employer's entry, rebuilt."""
    return text_of(register.entry)


def as_markdown(register: Register) -> str:
    """Return both entries as Markdown, with a line on the version."""
    version = register.version
    parts = ["\n".join(_markdown(entry)) for entry in register.entries]
    parts.append(
        f"Versie {version.number}, geldig vanaf {version.valid_from}, SHA-256 van de gegevens "
        f"`{version.digest}`.\n"
    )
    return "\n".join(parts)


def _markdown(entry: Entry) -> Iterator[str]:
    for label, text in rebuild(entry):
        if not text:
            yield f"{'##' if label in SECTIONS else '#'} {label}\n"
        elif label in SECTIONS:
            yield f"## {label}\n\n{_paragraphs(text)}\n"
        elif label:
            yield f"**{label}**\n\n{_paragraphs(text)}\n"
        else:
            yield f"{_paragraphs(text)}\n"


SECTIONS = frozenset(
    {
        "Doelen van de verwerking",
        "Betrokkenen en gegevens",
        "Automatische besluitvorming",
        "Ontvangers",
        "Doorgifte buiten EU",
        "Verantwoordelijken",
        "Gerelateerde verwerkingen",
    }
)


def _paragraphs(text: str) -> str:
    lines = text.split("\n")
    return text if len(lines) == 1 else "\n".join(f"- {line.removeprefix('• ')}" for line in lines)


def as_json(register: Register, accepted: Mapping[OpenPointId, Acceptance]) -> str:
    """Return the whole register, and what is accepted of it, as canonical JSON with English keys."""
    return canonical({**_fields(register), "acceptances": _plain(list(accepted.values()))}) + "\n"


def _fields(value: "DataclassInstance") -> dict[str, object]:
    return {_camel(field.name): _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: object) -> object:
    """Return a value of the model as JSON has it; a set gets a fixed order."""
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(one) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
