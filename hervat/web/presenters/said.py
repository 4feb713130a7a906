"""What somebody chose from a list, in words: how there was contact, and why a step was late.

Must never: hold a choice that says something medical. Read next: `kinds.py`, `../course/forms.py`.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from hervat.course.rules.vocabulary import LateReason, Method
from hervat.law.vocabulary import LeaveKind, SameCause

LEAVES: Final = {
    LeaveKind.MATERNITY: _("zwangerschaps- en bevallingsverlof"),
    LeaveKind.ADOPTION: _("adoptie- of pleegzorgverlof"),
    LeaveKind.OTHER: _("ander verlof"),
}
CAUSES: Final = {
    SameCause.YES: _("ja, dezelfde oorzaak"),
    SameCause.NO: _("nee, een andere oorzaak"),
    SameCause.UNKNOWN: _("niet te zeggen"),
}
METHODS: Final = {
    Method.CONVERSATION: _("gesprek"),
    Method.VISIT: _("bezoek"),
    Method.PHONE: _("telefoon"),
    Method.VIDEO: _("beeldbellen"),
    Method.MESSAGE: _("bericht"),
}
REASONS: Final = {
    LateReason.WAITED_FOR_PHYSICIAN: _("gewacht op de arts"),
    LateReason.WAITED_FOR_OTHERS: _("gewacht op anderen"),
    LateReason.NOT_REACHED: _("de re-integrant was niet te bereiken"),
    LateReason.DEPLOYED: _("uitzending of oefening"),
    LateReason.ON_LEAVE: _("verlof"),
    LateReason.HANDED_OVER: _("overdracht of vervanging"),
    LateReason.KNOWN_LATE: _("het werd pas later bekend"),
    LateReason.RETURN_NEAR: _("terugkeer was nabij"),
    LateReason.AGREED_OTHERWISE: _("samen anders afgesproken"),
    LateReason.FORGOTTEN: _("vergeten"),
}


def method_text(method: object) -> str:
    """Return how there was contact."""
    return str(METHODS[method] if isinstance(method, Method) else _("wijze niet bekend"))


def reason_text(code: LateReason, explanation: str | None) -> str:
    """Return why a step was late, skipped or done otherwise, as it was written down."""
    return f"{REASONS[code]}: {explanation}" if explanation else str(REASONS[code])
