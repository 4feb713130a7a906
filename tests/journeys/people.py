"""Who the journeys are about: invented people who fall ill by a message, and what a page says of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from playwright.sync_api import Page

from hervat.access.feed import Feed
from hervat.register.vocabulary import Role, Source
from tests.cast import ARMY, Player
from tests.exchange.sending import PERSON, outcomes, sick

SUPERIOR = Player(UUID(int=0x31, version=4), "Esther Goossens", Role.COMMANDER, ARMY)
"""Who commands the commanders."""


@dataclass(frozen=True)
class Ill:
    """Somebody of whom the personnel system tells. The BSNs begin with 9999: nobody has them."""

    number: str
    name: str
    bsn: str


THIJS = Ill("W700001", "Thijs Mulder", "999990056")
NAOMI = Ill("W700002", "Naomi Pinas", "999990068")
RUBEN = Ill("W700003", "Ruben Hoekstra", "999990044")
JEROEN = Ill("W700004", "Jeroen van Leeuwen", "999990081")
AYLIN = Ill("W700005", "Aylin Kaya", "999990093")
FEMKE = Ill("W700008", "Femke Dijkstra", "999990160")
LISA = Ill("W700006", "Lisa de Graaf", "999990147")


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def feed() -> Feed:
    """The personnel system, today."""
    return Feed(on=today(), source=Source.COMMAND_LINE, demo=True)


def falls_ill(who: Ill, on: date) -> dict[str, Any]:
    """The message that somebody is sick."""
    person = PERSON | {"name": who.name, "bsn": who.bsn}
    return sick(on, who.number, name=f"ziek {who.number} {on}", person=person)


def arrive(*messages: dict[str, Any]) -> None:
    """Take in messages, all of them good."""
    came = outcomes(feed(), *messages)
    assert set(came) <= {"dossier-geopend", "vastgelegd"}, came


def case_of(page: Page, who: str) -> str:
    """The address of somebody's dossier, as the list gives it."""
    page.goto("/caseload/")
    return str(page.get_by_role("link", name=who).get_attribute("href")).partition("?")[0]


def day_of_step(page: Page, step: str) -> date:
    """The day of a step in the table of a course."""
    text = page.locator(f"#{step} .when b").text_content() or ""
    return day(text.split("–")[-1].strip())


def day(text: str) -> date:
    """
    >>> day("5 mei 2026")
    datetime.date(2026, 5, 5)
    """
    number, month, year = text.split()
    months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    return datetime(int(year), months.index(month) + 1, int(number)).date()  # noqa: DTZ001 - a day


def save(page: Page) -> None:
    page.get_by_role("button", name="Vastleggen").click()
