"""Where a report by hand leads that opens nothing: what there is, and what to do.

Read next: `opening.py`, `../../course/rules/reporting.py`.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from hervat.course.rules.reporting import Leads

TEXTS: Final = {
    Leads.RUNS: (
        _("Er loopt al een dossier"),
        _("Deze persoon staat al ziek gemeld. Er is niets geopend; misschien was u zelf net eerder."),
    ),
    Leads.RELAPSE: (
        _("Dit is een terugval in hetzelfde geval"),
        _(
            "Het herstel is minder dan vier weken geleden, dus de dagen tellen door in hetzelfde "
            "dossier (WIA art. 23 lid 3). Leg daar de terugval vast."
        ),
    ),
    Leads.REOPENS: (
        _("Dit hoort bij een dossier dat gesloten is"),
        _(
            "Dit is hetzelfde geval als dat van een gesloten dossier (WIA art. 23 lid 3). "
            "Heropen dat, met de reden ‘opnieuw uitgevallen’, en leg daar de terugval vast."
        ),
    ),
    Leads.CLOSE_FIRST: (
        _("Sluit eerst het vorige dossier"),
        _(
            "Wie vier weken of langer hersteld was, begint een nieuw geval. Het vorige dossier staat "
            "nog open; een mens sluit het. Daarna opent u hier het nieuwe."
        ),
    ),
    Leads.EARLIER: (
        _("Deze dag ligt voor een eerder herstel"),
        _(
            "Volgens een eerder dossier was deze persoon op die dag al ziek, of hersteld na die dag. "
            "Verbeter de eerste ziektedag, of verbeter wat in dat dossier staat."
        ),
    ),
}
