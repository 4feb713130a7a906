"""Security headers that Django and the CSP middleware do not set.

Must never: loosen what another layer set. Read next: `config/settings.py` (the content security policy).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

NOT_USED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NOT_USED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def harden(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: switch off what the product never uses, and let a browser ask before it re-uses a page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer
