"""A queue that is empty before and after: its tables are the library's, and no test's end empties them."""

from collections.abc import Iterator

import pytest
from django.db import connections


@pytest.fixture
def queue(transactional_db: None) -> Iterator[None]:
    """Both roles, and nothing in the queue."""
    _empty()
    yield
    _empty()


def _empty() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
