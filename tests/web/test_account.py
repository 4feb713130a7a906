"""One's own account: what one sees there, who acts for whom, how one hears of one's work; of nobody else."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from hervat.journal.models import Line
from hervat.organisation.models import Deputy, Posting, Unit, User
from tests.cast import AUDITOR, COMMANDER, OTHER_COMMANDER, PO_ADVISER, SANNE, UNITS, Player

from .desks import account, at_desk, logged_in

pytestmark = pytest.mark.django_db
DEPUTIES = "/account/waarneming/"


@pytest.fixture
def postings() -> dict[UUID, UUID]:
    """The two commanders and the adviser at their posts."""
    for unit in UNITS:
        Unit.objects.create(
            id=unit.id,
            kind=unit.kind.value,
            parent_id=unit.parent.id if unit.parent else None,
            abbreviation=unit.abbreviation,
            name=f"De {unit.abbreviation}",
        )
    return {player.code: _post(player) for player in (COMMANDER, OTHER_COMMANDER, PO_ADVISER)}


def _post(player: Player) -> UUID:
    assert player.unit
    return Posting.objects.create(
        user=account(player),
        role=player.role.value,
        unit_id=player.unit.id,
        starts_on=timezone.localdate() - timedelta(days=30),
        granted_by_kind="opdracht",
        granted_by="cli:beheer",
    ).id


def text(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def email(player: Player) -> str:
    return f"{player.code}@example.org"


def name(client: Client, posting: UUID, who: str, *, days: int = 6, **changes: str) -> HttpResponse:
    today = timezone.localdate()
    fields = {
        "doe": "noem",
        "plaatsing": str(posting),
        "collega": who,
        "van": today.isoformat(),
        "tot": (today + timedelta(days=days)).isoformat(),
        "reden": "afwezig",
    }
    return client.post(DEPUTIES, fields | changes)


def test_one_sees_who_one_is_here_and_each_look_is_in_the_log(postings: dict[UUID, UUID]) -> None:
    page = text(logged_in(COMMANDER).get("/account/"))

    assert COMMANDER.name in page
    assert email(COMMANDER) in page
    assert "De 13 Brig" in page
    assert OTHER_COMMANDER.name not in page
    met = Line.objects.filter(actor=str(COMMANDER.code), parent_span_id__isnull=False)
    assert {line.subject for line in met} == {COMMANDER.code}
    assert {line.authority for line in met} == {"eigen-gegevens"}


def test_who_has_no_role_sees_their_own_account_and_names_no_deputy() -> None:
    player = Player(SANNE.code, SANNE.name, COMMANDER.role)
    client = logged_in(player)

    assert "geen rol" in text(client.get("/account/"))
    assert "geen plaatsing waarin iemand kan waarnemen" in text(client.get(DEPUTIES))


def test_the_daily_message_and_its_language_are_chosen_and_kept(postings: dict[UUID, UUID]) -> None:
    client = logged_in(COMMANDER)
    assert 'name="bericht"' in client.get("/account/").content.decode()

    answer = client.post("/account/", {"taal": "en"})

    assert (answer.status_code, answer["Location"]) == (303, "/account/?gedaan=bewaard")
    user = User.objects.get(code=COMMANDER.code)
    assert (user.wants_digest, user.language) == (False, "en")
    page = client.get(answer["Location"])
    assert "Your choice is saved." in text(page)
    assert " checked" not in page.content.decode().split('name="bericht"')[1][:80]
    other = User.objects.get(code=OTHER_COMMANDER.code)
    assert (other.wants_digest, other.language) == (True, "nl")
    assert client.post("/account/", {"taal": "fr"}).status_code == 422


def test_a_deputy_is_named_both_see_it_and_either_ends_it(postings: dict[UUID, UUID]) -> None:
    mine, theirs = logged_in(COMMANDER), logged_in(OTHER_COMMANDER)
    for ends in (mine, theirs):
        answer = name(mine, postings[COMMANDER.code], email(OTHER_COMMANDER))
        assert (answer.status_code, answer["Location"]) == (303, f"{DEPUTIES}?gedaan=waarneming-vastgelegd")
        assert OTHER_COMMANDER.name in text(mine.get(DEPUTIES))
        assert COMMANDER.name in text(theirs.get(DEPUTIES)).split("Voor wie u waarneemt")[1]
        assert "neemt voor u waar" in text(mine.get("/account/"))
        assert "U neemt waar voor" in text(theirs.get("/account/"))

        deputation = str(Deputy.objects.get(revoked_on=None).pk)
        ended = ends.post(DEPUTIES, {"doe": "beeindig", "waarneming": deputation})

        assert ended["Location"] == f"{DEPUTIES}?gedaan=waarneming-beeindigd"
        again = ends.post(DEPUTIES, {"doe": "beeindig", "waarneming": deputation})
        assert again["Location"] == f"{DEPUTIES}?gedaan=waarneming-voorbij"
    reasons = Deputy.objects.values_list("revoke_reason", flat=True)
    assert set(reasons) == {"teruggenomen", "teruggegeven"}


@pytest.mark.parametrize(
    ("changes", "days", "beside", "said"),
    [
        ({"collega": "niemand@example.org"}, 6, "id_collega", "geen collega met dit adres"),
        ({"collega": email(PO_ADVISER)}, 6, "id_collega", "geen collega met dit adres"),
        ({"collega": email(COMMANDER)}, 6, "id_collega", "neemt voor zichzelf waar"),
        ({}, 91, "id_tot", "Zo lang kan niemand waarnemen"),
        ({"van": "2020-01-01"}, 6, "id_van", "terugwerkende kracht"),
        ({"reden": "ziek"}, 6, "id_reden", "ziek"),
        ({"tot": "volgende week"}, 6, "id_tot", "datum"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_what_was_typed_stays(
    postings: dict[UUID, UUID], changes: dict[str, str], days: int, beside: str, said: str
) -> None:
    client = logged_in(COMMANDER)

    answer = name(client, postings[COMMANDER.code], email(OTHER_COMMANDER), days=days, **changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    fault = re.search(rf'id="{beside}_error">(.*?)</p>', page, re.DOTALL)
    assert fault, page
    assert said in fault[1]
    assert f'value="{changes.get("collega", email(OTHER_COMMANDER))}"' in page
    assert Deputy.objects.count() == 0


def test_nobody_names_a_deputy_in_a_posting_of_another_or_ends_what_is_not_theirs(
    postings: dict[UUID, UUID],
) -> None:
    name(logged_in(COMMANDER), postings[COMMANDER.code], email(OTHER_COMMANDER))
    stranger = logged_in(PO_ADVISER)
    deputation = Deputy.objects.get()

    assert name(stranger, postings[COMMANDER.code], email(OTHER_COMMANDER)).status_code == 422
    for code in (str(deputation.pk), str(uuid4()), "geen-code"):
        stranger.post(DEPUTIES, {"doe": "beeindig", "waarneming": code})

    deputation.refresh_from_db()
    assert (Deputy.objects.count(), deputation.revoked_on) == (1, None)
    assert COMMANDER.name not in text(stranger.get(DEPUTIES))


def test_who_keeps_no_address_here_has_no_messages_to_choose() -> None:
    """An auditor reads the log and no e-mail addresses, their own included."""
    client = at_desk(AUDITOR)

    page = client.get("/account/")

    assert (page.status_code, 'name="bericht"' in page.content.decode()) == (200, False)
    assert client.post("/account/", {"taal": "en"}).status_code == 403
