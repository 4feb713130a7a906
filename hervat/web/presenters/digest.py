"""The words of the daily message: how much, how much of it late, and where to look.

Must never: say anything of anybody, in the subject or the text. Read next: `../../jobs/digest.py`.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def digest_text(*, tasks: int, late: int, now: str, account: str) -> tuple[str, str]:
    """Return the subject and the text, in the language that is active."""
    many = ngettext("U heeft %(count)s taak", "U heeft %(count)s taken", tasks) % {"count": tasks}
    said = f"{many}, {_('%(late)s te laat') % {'late': late}}." if late else f"{many}."
    why = _("U krijgt dit bericht op werkdagen als er iets te doen is. Uitzetten kan op uw account:")
    return said, f"{said}\n\n{_('Bekijk wat u nu kunt doen:')}\n{now}\n\n{why}\n{account}\n"
