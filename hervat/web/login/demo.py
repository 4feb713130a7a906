""" "Wie wilt u zijn?": in a demo, one click makes somebody of you.

The only place that logs anybody in without a password and a second factor. It asks for itself, at its very
start, whether this request is a demo's: a database that `hervat demo` made, on this very machine.
Must never: answer anything but "not found" elsewhere, or log in somebody who is not of the cast.
Read next: `demo_mark.py`, `../../access/cast.py`, `../../config/demo.py`.
"""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from hervat.access import cast
from hervat.organisation.queries.accounts import account_of
from hervat.web.login import demo_mark
from hervat.web.login.visitor import role_name
from hervat.web.source import is_demo


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show who one may be; sent, be that person."""
    if not is_demo(request):
        raise Http404
    if request.method == "POST":
        return _become(request, cast.character(request.POST.get("wie", "")))
    groups = (cast.RECIPIENTS, cast.OTHERS)
    shown = [[_shown(one) for one in group] for group in groups]
    return render(request, "hervat/login_demo.html", {"recipients": shown[0], "others": shown[1]})


def _become(request: HttpRequest, chosen: cast.Character | None) -> HttpResponse:
    user = account_of(chosen.email) if chosen else None
    if user is None or not user.is_active or not is_demo(request):
        raise Http404
    if request.user.is_authenticated:
        auth.logout(request)
    auth.login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[demo_mark.MARK] = True
    UserSession.objects.create_from_request(request)
    return HttpResponseRedirect(reverse(settings.LOGIN_REDIRECT_URL))


def _shown(one: cast.Character) -> dict[str, str]:
    return {
        "key": one.key,
        "name": one.name,
        "role": role_name(one.role),
        "who": one.who,
        "why": one.why,
        "sees": one.sees,
    }
