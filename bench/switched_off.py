"""Takes one safeguard away at a time, to see what it costs: in a bench only, by patching, never by a setting.

What stays is the same page: the same rows, the same checks of what the permit shows, the same cells.
Must never: be imported by the product; a test of the house sees that it imports no bench.
Read next: `bench_door.py`.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connections, transaction

Off = Callable[[], AbstractContextManager[None]]
_RECORDS = ("caseload", "lines", "search")


@contextmanager
def no_journal() -> Iterator[None]:
    """Make and write no line."""
    kept = [patch(f"hervat.dossiers.queries.{module}.record", _nothing) for module in _RECORDS]
    with kept[0], kept[1], kept[2]:
        yield


@contextmanager
def no_sealing() -> Iterator[None]:
    """Fetch no key and open no column; whether it may be seen is still asked."""
    with (
        patch("hervat.dossiers.queries.rows.keys_for", _no_keys),
        patch("hervat.dossiers.queries.cells.Opener._opened", _closed),
    ):
        yield


def no_policies(superuser: Any) -> Off:
    """Return what passes by every policy, and signs and sets no scope: a connection as superuser."""

    @contextmanager
    def off() -> Iterator[None]:
        held, connections["default"] = connections["default"], superuser
        try:
            with (
                patch("hervat.dossiers.queries.permitted.reaching", _reaching_all),
                patch("hervat.dossiers.queries.relation.reaching", _reaching_all),
            ):
                yield
        finally:
            connections["default"] = held

    return off


def _nothing(*_args: object, **_kwargs: object) -> None:
    """Stands where a line would be written."""


def _no_keys(*_args: object) -> dict[Any, Any]:
    return {}


def _closed(_opener: Any, _reading: Any, _key: Any, _dossier: Any, _field: Any, sealed: Any) -> Any:
    from hervat.register.cells import Shown

    return Shown(None if sealed is None else "x")


@contextmanager
def _reaching_all(_scope: object) -> Iterator[None]:
    with transaction.atomic():
        yield
