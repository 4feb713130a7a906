"""Changes the file of acceptances (`HERVAT_ACCEPTANCES`) from within the program, or changes nothing.

What would be written is read back by the loader first, and must hold exactly what was meant. It is put beside
the file and takes its place in one step, with the same rights; what stood there stays as `.1`. A lock on the
folder keeps two processes apart. Comments and order of the file stay.
Must never: write to the acceptances of a demonstration, or leave half a file.
Read next: `in_force.py` (how every process sees the new file), docs/register.md.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.util import load_yaml_guess_indent

from hervat.register import in_force
from hervat.register.decisions import Decisions
from hervat.register.document import RegisterError
from hervat.register.model import Acceptance, OpenPointId

LONGEST = 500
"""The most characters of who decided, and of why."""

Edit = Callable[[Any], None]
_WIDE = 4096


class NotChanged(Exception):  # noqa: N818 - it names the situation, as the caller meets it
    """The file of acceptances is as it was; the text says in Dutch why, and what to do."""


class Change:
    """A file that is ready to take the place of the one in force."""

    def __init__(self, draft: Path, target: Path) -> None:
        self._draft = draft
        self._target = target

    def put_in_place(self) -> None:
        """Let the new file count, and keep the old one as `.1`. Raises `NotChanged`."""
        try:
            _keep_a_copy(self._target)
            self._draft.replace(self._target)
            _keep_names(self._target.parent)
        except OSError:
            raise _not_writable(self._target) from None


@contextmanager
def accepting(acceptance: Acceptance) -> Iterator[Change]:
    """Prepare the file with one acceptance more; nothing counts until it is put in place.

    Raises `NotChanged`.
    """

    def add(rows: Any) -> None:
        if not rows:
            rows.fa.set_block_style()
        rows.append(_row(acceptance))

    def with_it(before: tuple[Acceptance, ...]) -> tuple[Acceptance, ...]:
        if acceptance.open_point in Decisions(in_force.history(), before).accepted(acceptance.on):
            raise NotChanged(
                "Dit open punt is al aanvaard, misschien een moment geleden. Er is niets gewijzigd."
            )
        return (*before, acceptance)

    with _changing(add, with_it) as change:
        yield change


@contextmanager
def withdrawing(point: OpenPointId, on: date) -> Iterator[Change]:
    """Prepare the file in which no acceptance of an open point counts from a day on; the rows stay.

    Nothing counts until it is put in place. Raises `NotChanged`.
    """

    def end(rows: Any) -> None:
        for row in rows:
            if row["open_point"] == point and "withdrawn_on" not in row:
                # After the day it was given: behind the last key hang the comments of the next row.
                row.insert(list(row).index("on") + 1, "withdrawn_on", max(row["on"], on))

    def ended(before: tuple[Acceptance, ...]) -> tuple[Acceptance, ...]:
        after = tuple(_withdrawn(one, on) if one.open_point == point else one for one in before)
        if after == before:
            raise NotChanged(
                "Van dit open punt staat geen aanvaarding in het bestand die nog geldt, dus er is niets in "
                "te trekken. Er is niets gewijzigd."
            )
        return after

    with _changing(end, ended) as change:
        yield change


def _withdrawn(acceptance: Acceptance, on: date) -> Acceptance:
    """An acceptance as it is from a day on; one that was to begin later never counts."""
    return replace(acceptance, withdrawn_on=acceptance.withdrawn_on or max(acceptance.on, on))


def why_not_changeable() -> str | None:
    """Return why the file cannot be changed here, or nothing when it seems it can."""
    try:
        target = _target()
    except NotChanged as error:
        return str(error)
    writable = os.access(target, os.W_OK) and os.access(target.parent, os.W_OK | os.X_OK)
    return None if writable else str(_not_writable(target))


@contextmanager
def _changing(
    edit: Edit, meant: Callable[[tuple[Acceptance, ...]], tuple[Acceptance, ...]]
) -> Iterator[Change]:
    target = _target()
    with _locked(target):
        wanted = meant(_read(target))
        with _draft(target, edit) as draft:
            if _read(draft) != wanted:
                raise NotChanged(
                    "Wat er geschreven zou worden, is niet wat er bedoeld is. Er is niets gewijzigd. "
                    "Wijzig het bestand met de hand en controleer het met hervat register check."
                )
            yield Change(draft, target)


def _target() -> Path:
    named = in_force.acceptances_path()
    if named is None:
        raise NotChanged(
            "Er is geen bestand met aanvaardingen, dus hier kan niets worden aanvaard. Laat de technisch "
            "beheerder een bestand maken en het noemen in HERVAT_ACCEPTANCES."
        )
    return named.resolve()


def _read(path: Path) -> tuple[Acceptance, ...]:
    try:
        return in_force.own_acceptances(path)
    except RegisterError as error:
        raise NotChanged(f"{error} Er is niets gewijzigd.") from None


@contextmanager
def _draft(target: Path, edit: Edit) -> Iterator[Path]:
    """Write the file as it would be, beside the one that is, with the same rights; gone afterwards."""
    text = _edited(target, edit)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError:
        raise _not_writable(target) from None
    draft = Path(name)
    try:
        _write(handle, text, target, draft)
        yield draft
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _write(handle: int, text: str, target: Path, draft: Path) -> None:
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(target, draft)
        _same_owner(target, draft)
    except OSError:
        raise _not_writable(target) from None


def _edited(target: Path, edit: Edit) -> str:
    text = target.read_text(encoding="utf-8")
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    document, indent, offset = load_yaml_guess_indent(text, yaml=yaml)
    yaml.indent(mapping=2, sequence=indent or 4, offset=2 if offset is None else offset)
    edit(document["acceptances"])
    written = StringIO()
    yaml.dump(document, written)
    return written.getvalue()


def _row(acceptance: Acceptance) -> CommentedMap:
    return CommentedMap(
        open_point=str(acceptance.open_point),
        version=acceptance.version,
        by=DoubleQuotedScalarString(acceptance.by),
        on=acceptance.on,
        why=DoubleQuotedScalarString(acceptance.why),
    )


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Hold the folder: the file itself is replaced, and a lock on it would be a lock on the old one."""
    try:
        folder = os.open(target.parent, os.O_RDONLY)
    except OSError:
        raise _not_writable(target) from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise NotChanged(
            "Iemand anders wijzigt op dit moment de aanvaardingen. Er is niets gewijzigd. "
            "Probeer het zo weer."
        ) from None
    finally:
        os.close(folder)


def _same_owner(target: Path, draft: Path) -> None:
    """Keep owner and group where this process may; who is not root can give nothing away."""
    there = target.stat()
    with suppress(PermissionError):
        os.chown(draft, there.st_uid, there.st_gid)


def _keep_a_copy(target: Path) -> None:
    copy = target.with_name(f".{target.name}.1.{os.getpid()}")
    try:
        shutil.copy2(target, copy)
        copy.replace(target.with_name(f"{target.name}.1"))
    finally:
        copy.unlink(missing_ok=True)


def _keep_names(folder: Path) -> None:
    entry = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(entry)
    finally:
        os.close(entry)


def _not_writable(target: Path) -> NotChanged:
    return NotChanged(
        f"Het bestand met aanvaardingen ({target.name}) is hier niet te schrijven. Er is niets gewijzigd. "
        "Laat de technisch beheerder de rechten van het bestand en van zijn map nakijken, of wijzig het daar."
    )
