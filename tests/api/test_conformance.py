"""The register API answers as its OpenAPI document says, whatever it is asked: schemathesis, in process.

Bounded and derandomised, so that it is the same run every time. Wrong requests are part of it: each must
be refused with a problem. No test here asks for the database, so any query fails it.
"""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, settings

from hervat.api.register import VERSION

EXAMPLES = 60

schema = schemathesis.openapi.from_wsgi("/api/register/v1/openapi.json", get_wsgi_application())
schema.config.generation.update(deterministic=True, database="none")


@pytest.mark.thorough
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_what_the_document_says(case: schemathesis.Case) -> None:
    # In process nothing unpacks a compressed answer
    answer = case.call_and_validate(headers={"Accept-Encoding": "identity"})

    assert answer.headers["api-version"] == [VERSION]
    assert "html" not in answer.headers.get("content-type", [""])[0]
