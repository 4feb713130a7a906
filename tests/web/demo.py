"""The check that stands in for that of the demo, so that a page can be looked at both ways.

What a demo really is, is tested with the demo (tests/config). Here a header asks for it.
"""

from django.http import HttpRequest

HEADER = "X-Test-Demo"


def asked_for(request: HttpRequest) -> bool:
    return request.headers.get(HEADER) == "1"
