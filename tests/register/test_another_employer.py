"""An entry is data: a ferry company's runs the same program, with its own text, rows and answers."""

from itertools import product

from hervat.register.check import House, Outcome, check
from hervat.register.decisions import Allowed, Decisions, Gap, Refused
from hervat.register.loading import HOME
from hervat.register.model import PurposeId
from hervat.register.show import as_json, as_markdown, as_text
from hervat.register.vocabulary import Item, Role, Scope, Use

from .copies import TODAY, accept, d2599, everything_accepted, ferry_history, own_history

NAMED = {
    Item.NAME_AND_ADDRESS,
    Item.PHONE,
    Item.JOB_DESCRIPTION,
    Item.ADAPTED_WORK_HOURS,
    Item.CASE_NUMBER,
    Item.SICKNESS_ABSENCE,
    Item.USER_NAME,
    Item.USER_ACTIVITY,
}
AT_WORK, ROSTER = PurposeId("weer-aan-boord"), PurposeId("vaarrooster")
ACCEPTED = everything_accepted(ferry_history())
NOTHING_ACCEPTED = Decisions(ferry_history(), [])


def test_it_prints_its_own_text_and_nothing_of_d2599() -> None:
    register = ferry_history().latest
    for text in (as_text(register), as_markdown(register), as_json(register, {})):
        assert "Zorgen dat elke overtocht een volledige bemanning heeft." in text
        assert "Defensie" not in text
        assert "D2599" not in text


def test_it_has_no_violation_and_what_it_lacks_is_said() -> None:
    register = ferry_history().latest
    house = House(stored={}, rooms=frozenset())
    accepted = {one.open_point: one for one in accept(ferry_history())}

    waiting = {one.outcome for one in check(register, {}, house) if one.kind == "open punt"}
    settled = {one.outcome for one in check(register, accepted, house) if one.kind == "open punt"}

    assert Outcome.VIOLATION not in {one.outcome for one in check(register, {}, house)}
    assert waiting == {Outcome.GAP}
    assert settled == {Outcome.COVERED}


def test_what_it_does_not_name_is_refused_and_what_it_names_is_not() -> None:
    allowed = set()
    for role, item, use, purpose in product(Role, Item, Use, ferry_history().latest.reading.purposes):
        answer = ACCEPTED.decide(role, item, use, purpose, TODAY)
        if item not in NAMED:
            assert isinstance(answer, Refused)
            assert f"noemt het gegeven '{item}' niet" in answer.reason.text
        elif isinstance(answer, Allowed):
            allowed.add(item)

    assert allowed == NAMED


def test_a_purpose_of_d2599_is_none_of_its_purposes() -> None:
    answer = ACCEPTED.decide(Role.COMMANDER, Item.PHONE, Use.READ, PurposeId("wettelijke-plicht"), TODAY)

    assert isinstance(answer, Refused)
    assert "De doelen zijn: weer-aan-boord, vaarrooster, toegang." in answer.reason.text


def test_a_role_it_does_not_know_is_refused_and_one_it_knows_is_told_why_not() -> None:
    stranger = ACCEPTED.decide(Role.UNIT_ADMIN_NCO, Item.PHONE, Use.READ, AT_WORK, TODAY)
    hr = ACCEPTED.decide(Role.PO_ADVISER, Item.ADAPTED_WORK_HOURS, Use.READ, AT_WORK, TODAY)

    assert isinstance(stranger, Refused)
    assert stranger.reason.text == "Het register kent deze rol niet."
    assert isinstance(hr, Refused)
    assert hr.reason.text == "Personeelszaken maakt geen rooster."


def test_it_is_decided_otherwise_than_d2599() -> None:
    own = everything_accepted(own_history())
    duty = PurposeId("wettelijke-plicht")
    doctor = (Role.OCCUPATIONAL_PHYSICIAN, Item.SICKNESS_ABSENCE, Use.WRITE)

    assert isinstance(ACCEPTED.decide(*doctor, AT_WORK, TODAY), Allowed)
    assert isinstance(own.decide(*doctor, duty, TODAY), Refused)


def test_its_own_open_point_refuses_until_accepted_and_touches_nothing_else() -> None:
    sick = (Role.COMMANDER, Item.SICKNESS_ABSENCE, Use.READ, AT_WORK, TODAY)
    phone = (Role.COMMANDER, Item.PHONE, Use.READ, ROSTER, TODAY)

    gap = NOTHING_ACCEPTED.decide(*sick)
    assert isinstance(gap, Gap)
    assert gap.open_point.owner == "De directie van de veerdienst"
    accepted = ACCEPTED.decide(*sick)
    assert isinstance(accepted, Allowed)
    assert accepted.ground.extra == "AVG art. 9 lid 2 onder b"
    assert isinstance(NOTHING_ACCEPTED.decide(*phone), Allowed), "it has no open point on its matrix"


def test_outcome_and_own_mean_the_same_there() -> None:
    hours = (Item.ADAPTED_WORK_HOURS, Use.READ, AT_WORK, TODAY)

    doctor = ACCEPTED.decide(Role.OCCUPATIONAL_PHYSICIAN, *hours)
    sailor = ACCEPTED.decide(Role.RE_INTEGRANT, *hours)

    assert isinstance(doctor, Allowed)
    assert isinstance(sailor, Allowed)
    assert (doctor.scope, sailor.scope) == (Scope.OUTCOME, Scope.OWN)


def test_no_module_of_the_register_names_a_code_of_d2599() -> None:
    """What belongs to one entry stands in its data: a purpose, open point or term in code would bind us."""
    codes = {*d2599().reading.terms, *d2599().open_points, *d2599().reading.purposes}
    named = {
        (path.name, code)
        for path in HOME.glob("*.py")
        for code in codes
        if f'"{code}"' in path.read_text(encoding="utf-8")
    }

    assert named == {("identifiers.py", "welzijn")}, "only the example in a docstring"
