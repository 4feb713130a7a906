"""The mark that a session was made with "Wie wilt u zijn?": instead of a password and a second factor.

Only `demo.py` sets it, and it counts only while the request itself is a demo's: a session that was carried
elsewhere is worth nothing. Must never: be set or honoured anywhere else. Read next: `demo.py`, `guard.py`.
"""

from typing import Final

from django.http import HttpRequest

from hervat.web.source import is_demo

MARK: Final = "hervat_demo"


def counts(request: HttpRequest) -> bool:
    """Return whether this session is a demo's, in a demo."""
    return request.session.get(MARK) is True and is_demo(request)


def is_false(request: HttpRequest) -> bool:
    """Return whether this session says it is a demo's where there is none."""
    return MARK in request.session and not is_demo(request)
