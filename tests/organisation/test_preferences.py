"""How somebody hears of their work: they choose it themselves, it is logged, and nobody chooses for them."""

from uuid import UUID

import pytest

from hervat.organisation.actions.preferences import choose_preferences
from hervat.organisation.models import User
from hervat.organisation.queries.preferences import own_preferences
from hervat.register.cells import Shown
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import ActorKind
from tests.permits import allowing

from .asking import refused_by
from .conftest import Lines, administering


def test_a_choice_is_of_who_makes_it_and_in_the_log(anna: UUID, bert: UUID, lines: Lines) -> None:
    before = own_preferences(permit=administering(anna))
    lines()

    choose_preferences(permit=administering(anna), wants_digest=False, language="en")

    assert (before.wants_digest, before.language) == (Shown(True), Shown("nl"))
    _, child = lines()
    assert (child["subject"], child["effect"], child["items"]) == (anna, "U", ["gebruiker-contact"])
    after = own_preferences(permit=administering(anna))
    assert (after.wants_digest, after.language) == (Shown(False), Shown("en"))
    assert own_preferences(permit=administering(bert)).wants_digest == Shown(True)


def test_nobody_chooses_without_a_right_or_for_another(anna: UUID) -> None:
    for permit in (
        administering(anna, reads=allowing(()), writes=allowing(())),
        administering("opruimen", actor_kind=ActorKind.JOB),
    ):
        with pytest.raises(NotPermitted):
            choose_preferences(permit=permit, wants_digest=False, language="en")
        with pytest.raises(NotPermitted):
            own_preferences(permit=permit)
    assert User.objects.get(code=anna).wants_digest


def test_a_language_that_the_pages_do_not_speak_is_refused(anna: UUID) -> None:
    user = User.objects.filter(code=anna)

    assert refused_by(lambda: user.update(language="fr")) == "user_language_is_ours"
    assert refused_by(lambda: user.update(language="en")) == ""
