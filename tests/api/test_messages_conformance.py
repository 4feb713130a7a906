"""The messages API answers as its document says, whatever it is sent: schemathesis, in process."""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode

from hervat.api.credentials import sign_token
from hervat.api.delivering import REALM
from hervat.api.messages import VERSION
from hervat.exchange.actions.clients import Issued

from .test_messages import committed, keys, sender

__all__ = ["committed", "keys", "sender"]

EXAMPLES = 60
schema = schemathesis.openapi.from_wsgi("/api/p-en-o/v1/openapi.json", get_wsgi_application())
schema.config.generation.update(deterministic=True, database="none")
DELIVER = schema["/messages"]["POST"]

pytestmark = pytest.mark.thorough


@schemathesis.serializer("application/x-ndjson")
def lines(_: Any, value: Any) -> bytes:
    return str(value).encode("utf-8", "replace")


def ask_all(mode: GenerationMode, authorization: str) -> Counter[int]:
    """Send whatever can be sent; count the statuses."""
    counted: Counter[int] = Counter()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(DELIVER.as_strategy(generation_mode=mode).filter(lambda case: mode.is_positive or _is_list(case)))
    def ask(case: schemathesis.Case) -> None:
        given_headers = {"Authorization": authorization} if authorization else {}
        answer = case.call_and_validate(headers={"Accept-Encoding": "identity", **given_headers})
        counted[answer.status_code] += 1
        assert answer.headers["api-version"] == [VERSION]
        assert answer.headers["cache-control"] == ["no-store"]

    ask()
    return counted


def _is_list(case: schemathesis.Case) -> bool:
    """Whether it is sent as JSON: any text is a right delivery of lines, if only of bad ones."""
    return case.media_type == "application/json"


def test_right_deliveries_are_answered_and_wrong_ones_are_problems(sender: Issued) -> None:
    bearer = f"Bearer {sign_token(sender.id, REALM)}"

    assert ask_all(GenerationMode.POSITIVE, bearer)[200] > EXAMPLES / 2
    assert ask_all(GenerationMode.NEGATIVE, bearer)[200] == 0


def test_without_a_token_nothing_is_answered(sender: Issued) -> None:
    assert set(ask_all(GenerationMode.POSITIVE, "")) == {401}
