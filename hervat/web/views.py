"""The pages: read the address, present, render.

Every page is for anyone: no log-in, no session, no cookie, no database.
Must never: decide who may see what. Read next: `filters.py`, `presenters/`, `errors.py`.
"""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hervat.register.history import BeforeFirstVersion
from hervat.register.show import as_markdown, as_text
from hervat.web.errors import bad_filter, too_early
from hervat.web.filters import UnknownFilter, read_day, read_matrix_query, read_points_query
from hervat.web.presenters.entry import present_register
from hervat.web.presenters.front import present_front
from hervat.web.presenters.lines import present_item, present_role
from hervat.web.presenters.matrix import present_matrix
from hervat.web.presenters.matrix_form import present_form
from hervat.web.presenters.points import present_points
from hervat.web.source import OnShow, on_show, version_on_show


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page be read and nothing else, and explain what its address asks in vain."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            return view(request, **named)
        except UnknownFilter as unknown:
            return bad_filter(request, unknown)
        except BeforeFirstVersion as early:
            return too_early(request, early)

    return answer


@public_page
def front(request: HttpRequest) -> HttpResponse:
    """Say what this is, for whom, and where to go."""
    return render(request, "hervat/front.html", {"view": present_front(on_show(request))})


@public_page
def register(request: HttpRequest) -> HttpResponse:
    """Show the entry as the public register prints it, with our reading."""
    return render(request, "hervat/register.html", {"view": present_register(_asked_version(request))})


@public_page
def register_text(request: HttpRequest) -> HttpResponse:
    """Give the entry as plain text, exactly as it was published."""
    return HttpResponse(as_text(_asked_version(request).register), content_type="text/plain; charset=utf-8")


@public_page
def register_markdown(request: HttpRequest) -> HttpResponse:
    """Give the entry with our reading as Markdown."""
    return HttpResponse(
        as_markdown(_asked_version(request).register), content_type="text/markdown; charset=utf-8"
    )


@public_page
def matrix(request: HttpRequest) -> HttpResponse:
    """Show who may see what, with the reason on each cell."""
    asked = read_day(request.GET)
    show = on_show(request, asked)
    query = read_matrix_query(request.GET, show.register, asked)
    context = {"form": present_form(show, query)}
    if query.role and not query.item:
        return render(
            request, "hervat/matrix_role.html", context | {"view": present_role(show, query, query.role)}
        )
    if query.item and not query.role:
        return render(
            request, "hervat/matrix_item.html", context | {"view": present_item(show, query, query.item)}
        )
    return render(request, "hervat/matrix.html", context | {"view": present_matrix(show, query)})


@public_page
def open_points(request: HttpRequest) -> HttpResponse:
    """Show what the entry or the law leaves open, and who must decide."""
    show = on_show(request)
    query = read_points_query(request.GET, show.register)
    return render(request, "hervat/open_points.html", {"view": present_points(show, query)})


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible this website is, and what to do when it is not."""
    return render(request, "hervat/accessibility.html")


def _asked_version(request: HttpRequest) -> OnShow:
    asked = request.GET.get("versie", "").strip()
    if not asked:
        return on_show(request)
    try:
        return version_on_show(request, int(asked))
    except (KeyError, ValueError):
        raise Http404(_("Deze versie van het register bestaat niet.")) from None
