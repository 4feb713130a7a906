"""What somebody reads who is not let in: the reason as the door says it, and what to do next.

Must never: be shown for what may not be known to exist; that is a page that is not there.
Read next: `../dossiers/asking.py`, `hervat/access/refusals.py`.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from hervat.register.model import Reason
from hervat.web.presenters.words import certainty_text


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal; `reopen_href` where a closed dossier can be opened again."""

    text: str
    source: str
    certainty: str
    reopen_href: str


def say_refused(reason: Reason | None, closed_case: str | None) -> Refused:
    """Format a refusal; `closed_case` is the number of a dossier that is closed."""
    href = reverse("dossier-reopen", args=[closed_case]) if closed_case else ""
    if reason is None:
        return Refused(_("Uw rol mag dit op deze plek niet."), "", "", href)
    return Refused(reason.text, reason.source, certainty_text(reason.certainty), href)
