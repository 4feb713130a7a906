"""The deployment's own style sheet: the house style of a state or city, which is not ours to ship.

`HERVAT_THEME_CSS` names one CSS file; it is served as our own, after the tokens. Without it the address
does not exist. Read next: `static/hervat/tokens.css` (what it may set again).
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def theme_css(request: HttpRequest) -> HttpResponse:
    """Serve the style sheet of this deployment."""
    if not settings.THEME_CSS:
        raise Http404
    return HttpResponse(Path(settings.THEME_CSS).read_bytes(), content_type="text/css; charset=utf-8")


@register
def theme_can_be_read(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Refuse at start-up a style sheet that is not there."""
    if not settings.THEME_CSS or Path(settings.THEME_CSS).is_file():
        return []
    return [
        Error(
            "HERVAT_THEME_CSS noemt een bestand dat er niet is.",
            hint="Noem een leesbaar CSS-bestand, of haal de instelling weg.",
            id="hervat.web.E001",
        )
    ]
