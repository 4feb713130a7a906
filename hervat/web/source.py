"""The register as one visitor sees it now: version, acceptances, day and language.

The one place where the pages reach the register. No page touches the database.
Must never: read a file that is not the register's, or let a demo's acceptances count outside a demo.
Read next: `hervat/register/in_force.py`, `presenters/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from hervat.register import in_force
from hervat.register.decisions import Decisions
from hervat.register.history import History
from hervat.register.model import Acceptance, OpenPointId, Register


@dataclass(frozen=True, slots=True)
class OnShow:
    """What the presenters format. Two are equal when their pages are: so it is a key to cache by."""

    version: str
    on: date
    demo: bool
    language: str
    register: Register = field(compare=False)
    history: History = field(compare=False)
    decisions: Decisions  # another one as soon as an acceptance is given or withdrawn
    accepted: Mapping[OpenPointId, Acceptance] = field(compare=False)

    @property
    def newest(self) -> bool:
        """Whether this is the version that holds on the day itself."""
        return self.history.on(self.on) is self.register


def is_demo(request: HttpRequest) -> bool:
    """Whether this visitor looks at a demonstration; which check counts is the settings' to say.

    A database that does not answer has not been shown to be a demo's; the pages need none.
    """
    try:
        return bool(import_string(settings.DEMO_CHECK)(request))
    except DatabaseError:
        return False


def on_show(request: HttpRequest, on: date | None = None) -> OnShow:
    """Return the register that holds on a day, today if none is named. Raises `BeforeFirstVersion`."""
    history = in_force.history()
    day = on or timezone.localdate()
    return _show(request, history.on(day), day)


def version_on_show(request: HttpRequest, number: int) -> OnShow:
    """Return one version by number. Raises `KeyError` when there is none."""
    return _show(request, in_force.history().version(number), timezone.localdate())


def _show(request: HttpRequest, register: Register, day: date) -> OnShow:
    demo = is_demo(request)
    decisions = in_force.decisions(demo=demo)
    return OnShow(
        version=register.version.digest,
        on=day,
        demo=demo,
        language=get_language() or "nl",
        register=register,
        history=in_force.history(),
        decisions=decisions,
        accepted=decisions.accepted(day),
    )
