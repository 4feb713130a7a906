"""A line refuses what it may not say, and its message never says it either."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from hervat.journal.rules.line import Foreign, LineError

from .examples import COMMANDER, NOON, a_line

NAIVE = datetime(2026, 11, 23, 12, 0, 0)  # noqa: DTZ001 - what is refused
FOREIGN = Foreign(trace_id=uuid4(), span_id=bytes(8), entity="https://uwv.example/register")


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ({"span_id": bytes(8)}, {"span_id": bytes(7)}),
        ({"parent_span_id": None}, {"parent_span_id": b""}),
        ({"foreign": FOREIGN}, {"foreign": replace(FOREIGN, span_id=bytes(9))}),
        ({"foreign": FOREIGN}, {"foreign": replace(FOREIGN, entity="Jan Jansen")}),
        ({"ended_at": NOON}, {"ended_at": NOON - timedelta(microseconds=1)}),
        ({"started_at": NOON}, {"started_at": NAIVE, "ended_at": NAIVE}),
        ({"subject": None, "subject_kind": None, "dossier": None}, {"subject_kind": None}),
        ({"dossier": None}, {"subject": None, "subject_kind": None}),
        ({"object_kind": "document", "object_id": UUID(int=1)}, {"object_kind": "document"}),
        ({"register_version": 1}, {"register_version": 0}),
        ({"reason": "open-punt"}, {"reason": "Mag niet van Jansen"}),
        ({"reason": "a" * 64}, {"reason": "a" * 65}),
        ({"reason": None}, {"reason": ""}),
        ({"purpose": "toezicht"}, {"purpose": "toezicht\n"}),
        ({"actor": COMMANDER}, {"actor": replace(COMMANDER, code="J. Jansen")}),
        ({"external_api": "https://uwv.example/log/v1"}, {"external_api": "uwv.example"}),
        ({"external_api": "urn:" + "a" * 300}, {"external_api": "urn:" + "a" * 301}),
        ({"external_api": "urn:a"}, {"external_api": "urn:é"}),
    ],
)
def test_a_line_says_codes_and_whole_facts_only(good: dict[str, Any], bad: dict[str, Any]) -> None:
    assert a_line(**good)

    with pytest.raises(LineError) as refused:
        a_line(**bad)

    assert "Deze logregel kan niet" in str(refused.value)
    assert "Jansen" not in str(refused.value)
