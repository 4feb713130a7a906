"""The pages of the help. Read next: `../presenters/help.py`, `pages.yaml`."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hervat.web.preferences import language_of
from hervat.web.presenters.help import present_help, present_step, present_topic, step_of, topics
from hervat.web.views import public_page


@public_page
def help_page(request: HttpRequest) -> HttpResponse:
    """List every step and every question."""
    return render(request, "hervat/help.html", {"view": present_help(language_of(request))})


@public_page
def help_step(request: HttpRequest, step: str) -> HttpResponse:
    """Say what to do for one step: who, by when, with what, and what if not."""
    known = step_of(step)
    if known is None:
        raise Http404(_("Over deze stap is er geen hulp."))
    return render(request, "hervat/help_step.html", {"view": present_step(known, language_of(request))})


@public_page
def help_topic(request: HttpRequest, topic: str) -> HttpResponse:
    """Answer one question that comes back."""
    if topic not in topics():
        raise Http404(_("Over deze vraag is er geen hulp."))
    return render(request, "hervat/help_topic.html", {"view": present_topic(topic, language_of(request))})
