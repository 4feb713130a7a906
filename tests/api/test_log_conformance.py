"""The log API answers as its document says, whatever it is asked: schemathesis, in process.

Bounded and derandomised, so that it is the same run every time; with a token and without; right questions
and wrong ones. Where a right question names a trace it is, half of the time, one that has lines: otherwise
nothing would ever be found.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from hervat.api import credentials
from hervat.api.credentials import Allowance
from hervat.api.log import VERSION
from hervat.journal.actions.clients import Issued
from hervat.journal.rules.line import Outcome
from tests.journal.examples import a_line

from .conftest import Rows, basic, lay_down

TRACE = "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"
EXAMPLES = 120

schema = schemathesis.openapi.from_wsgi("/api/logboek/v1/openapi.json", get_wsgi_application())
schema.config.generation.update(deterministic=True, database="none")
SEARCH = schema["/processing-activities"]["POST"]
TOKEN = schema["/token"]["POST"]

pytestmark = pytest.mark.thorough


def ask_all(
    operation: Any, mode: GenerationMode, authorization: str, examples: int = EXAMPLES
) -> Counter[object]:
    """Ask what an operation can be asked; count the statuses, and under "lines" the answers with lines."""
    counted: Counter[object] = Counter()

    @settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode), st.booleans())
    def ask(case: schemathesis.Case, known: bool) -> None:
        if mode is GenerationMode.POSITIVE and operation is SEARCH:
            _make_sense_of(case.body, known)
        given_headers = {"Authorization": authorization} if authorization else {}
        answer = case.call_and_validate(headers={"Accept-Encoding": "identity", **given_headers})
        counted[answer.status_code] += 1
        counted["lines"] += b'"spanId"' in (answer.content or b"")
        assert answer.headers["api-version"] == [VERSION]
        assert answer.headers["cache-control"] == ["no-store"]
        assert "access-control-allow-origin" not in answer.headers

    ask()
    return counted


def _make_sense_of(question: dict[str, Any], known: bool) -> None:
    """Order the moments, which a schema cannot ask; name a trace that is there, where one is named."""
    if known and "traceId" in question:
        question["traceId"] = TRACE
    if {"startTime", "endTime"} <= question.keys():
        moments = (question["startTime"], question["endTime"])
        question["startTime"], question["endTime"] = sorted(moments, key=_as_moment)


def _as_moment(written: str) -> datetime:
    return datetime.fromisoformat(written.upper())


def test_right_questions_are_answered_and_lines_are_given(bearer: str) -> None:
    lay_down(a_line(trace_id=UUID(TRACE), outcome=outcome) for outcome in Outcome)
    counted = ask_all(SEARCH, GenerationMode.POSITIVE, bearer)

    assert set(counted) <= {200, 400, "lines"}
    assert counted["lines"] >= 10


def test_wrong_questions_are_refused_with_a_problem(bearer: str) -> None:
    counted = ask_all(SEARCH, GenerationMode.NEGATIVE, bearer)

    assert counted[400] > EXAMPLES / 2


def test_without_a_token_nothing_is_answered_whatever_is_asked(
    system: Issued, logged: Callable[[], Rows]
) -> None:
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        counted = ask_all(SEARCH, mode, "", EXAMPLES // 2)
        assert counted[200] == 0

    assert logged() == []


def test_the_token_endpoint_answers_right_and_wrong_forms(
    system: Issued, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "_refusals", Allowance(10 * EXAMPLES))
    right = ask_all(TOKEN, GenerationMode.POSITIVE, basic(system.id, system.secret), EXAMPLES // 2)
    wrong = ask_all(TOKEN, GenerationMode.NEGATIVE, basic(system.id, "onjuist"), EXAMPLES // 2)

    assert right[200] > 0
    assert wrong[200] == 0
