"""The cast at work: users with their postings, and a dossier of the sick sergeant and of the commander."""

from datetime import date, timedelta

import pytest

from hervat.dossiers.actions.opening import Opened
from hervat.organisation.models import Posting, User
from hervat.organisation.rules.postings import DOCTORS
from tests.cast import SANNE, SICK_COMMANDER, TODAY, Player, players
from tests.dossiers.conftest import keys, room  # noqa: F401 - fixtures
from tests.dossiers.files import open_for

FIRST_DAY = TODAY - timedelta(days=60)


def post(
    player: Player, *, below: bool = False, first_day: date = FIRST_DAY, last_day: date | None = None
) -> None:
    """Give one of the cast their account and posting."""
    User.objects.get_or_create(
        code=player.code, defaults={"name": player.name, "email": f"{player.code}@example.org"}
    )
    approved = player.role in DOCTORS
    Posting.objects.create(
        user_id=player.code,
        role=player.role.value,
        unit_id=player.unit.id if player.unit else None,
        below=below,
        below_reason="De compagnie valt onder de brigade." if below else "",
        starts_on=first_day,
        ends_on=last_day,
        granted_by_kind="opdracht",
        granted_by="cli:beheer",
        approved_by_kind="opdracht" if approved else None,
        approved_by="cli:tweede" if approved else None,
        approved_on=FIRST_DAY if approved else None,
    )


@pytest.fixture
def sanne(room: None) -> Opened:  # noqa: F811
    """The dossier of the sick sergeant, with everybody of the cast at their posts."""
    for player in players():
        post(player)
    return open_for(SANNE)


@pytest.fixture
def own_case(sanne: Opened) -> Opened:
    """The dossier of the commander, who is ill as well."""
    return open_for(SICK_COMMANDER)
