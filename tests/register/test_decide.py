"""decide() has one answer to every question, and allows nothing that nobody took responsibility for."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hervat.register.decisions import ITEMS, Allowed, Decision, Decisions, Gap, Refused
from hervat.register.history import BeforeFirstVersion
from hervat.register.model import OpenPoint, OpenPointId, PurposeId
from hervat.register.vocabulary import Item, ItemClass, Meanwhile, Role, Scope, Use

from .copies import TODAY, accept, d2599, everything_accepted, ferry_history, own_history
from .table import COLUMNS, FACTS, LEGITIMATE_INTEREST, MEDICAL, SAID_BY_ONESELF, SPECIAL, rows

DUTY, WELFARE = PurposeId("wettelijke-plicht"), PurposeId("welzijn")
WORKS_FOR = {
    PurposeId("uitstroom"): {Role.DCR_GUIDE, Role.RE_INTEGRANT, Role.FUTURE},
    PurposeId("loonsancties"): {Role.PO_ADVISER, Role.RE_INTEGRANT, Role.LEGAL_ADVISER, Role.ROBIDUS},
    PurposeId("welzijn"): {
        Role.COMMANDER,
        Role.PO_ADVISER,
        Role.EGB_PHYSICIAN,
        Role.DCR_GUIDE,
        Role.RE_INTEGRANT,
        Role.FUTURE,
    },
    PurposeId("publiek-privaat"): {Role.RE_INTEGRANT, Role.FUTURE},
    PurposeId("wettelijke-plicht"): set(COLUMNS),
}
"""Who works for which purpose of the dossiers, written apart from reading.yaml."""

READS = {
    "R": Scope.FULL,
    "W": Scope.FULL,
    "P": Scope.OWN,
    "C": Scope.CASE,
    "u": Scope.OUTCOME,
}
WRITES = {"W": Scope.FULL, "P": Scope.OWN}
OVERSIGHT = (
    Role.PRIVACY_OFFICER,
    Role.RECORDS_MANAGER,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
    Role.MANAGEMENT,
    Role.UWV,
    Role.OCCUPATIONAL_PHYSICIAN,
)
USERS = {item for item in Item if item.startswith("gebruiker-")}
SURVEY = {item for item in Item if item.startswith("enquete-")}
DOSSIER = set(Item) - USERS - SURVEY
PURPOSES = tuple(d2599().reading.purposes)
FIRST = own_history().versions[0].version.valid_from
ACCEPTED = everything_accepted(own_history())
NOTHING_ACCEPTED = Decisions(own_history(), [])
REFUSING = [point for point in d2599().open_points.values() if point.meanwhile is Meanwhile.REFUSE]

Question = tuple[Role, Item, Use, PurposeId]
ALL = tuple(product(Role, Use))
WRITERS = (Role.PO_ADVISER, Role.EGB_PHYSICIAN, Role.RE_INTEGRANT, Role.PRIVACY_OFFICER)
MOST = tuple((role, use) for role, use in ALL if use is Use.READ or role in WRITERS)
"""Every role reading, and one of each kind writing: enough where all questions would take long."""


def questions() -> Iterator[Question]:
    return product(Role, Item, Use, PURPOSES)


def answers(decisions: Decisions, asked: Iterable[tuple[Role, Use]] = ALL) -> dict[Question, Decision]:
    found: dict[Question, Decision] = {}
    for (role, use), purpose in product(asked, PURPOSES):
        projection = decisions.project(role, use, purpose, TODAY)
        found |= {(role, item, use, purpose): answer for item, answer in zip(ITEMS, projection, strict=True)}
    return found


@pytest.fixture(scope="module")
def when_accepted() -> dict[Question, Decision]:
    return answers(ACCEPTED)


def touches(point: OpenPoint, question: Question) -> bool:
    """What `blocks` of an open point says, read a second time."""
    role, item, use, purpose = question
    assert point.blocks is not None
    kind = d2599().reading.items[item].item_class
    sides = (
        (point.blocks.roles, role),
        (point.blocks.items, item),
        (point.blocks.classes, kind),
        (point.blocks.purposes, purpose),
        (point.blocks.uses, use),
    )
    return all(not named or asked in named for named, asked in sides)


# --- one answer to everything --------------------------------------------------------------------


@settings(max_examples=2 * settings().max_examples, derandomize=True, database=None)
@given(
    role=st.sampled_from(Role),
    item=st.sampled_from(Item),
    use=st.sampled_from(Use),
    purpose=st.sampled_from(PURPOSES) | st.text(max_size=30),
    on=st.dates(min_value=FIRST),
    given_acceptances=st.lists(st.sampled_from(accept(own_history())), max_size=40),
)
def test_every_question_has_exactly_one_answer_and_always_the_same(
    role: Role, item: Item, use: Use, purpose: str, on: date, given_acceptances: list
) -> None:
    asked = (role, item, use, PurposeId(purpose), on)
    decisions = Decisions(own_history(), given_acceptances)

    answer = decisions.decide(*asked)

    assert [isinstance(answer, kind) for kind in (Allowed, Refused, Gap)].count(True) == 1
    assert decisions.decide(*asked) == answer
    assert Decisions(own_history(), list(reversed(given_acceptances))).decide(*asked) == answer


def test_the_answer_does_not_depend_on_what_was_asked_before(when_accepted: dict[Question, Decision]) -> None:
    fresh = everything_accepted(own_history())
    some = list(questions())[::-97]

    assert {one: fresh.decide(*one, TODAY) for one in some} == {one: when_accepted[one] for one in some}


def test_a_projection_is_the_decision_on_every_item() -> None:
    projection = ACCEPTED.project(Role.COMMANDER, Use.READ, DUTY, TODAY)

    assert len(projection) == len(Item)
    assert projection == tuple(ACCEPTED.decide(Role.COMMANDER, item, Use.READ, DUTY, TODAY) for item in ITEMS)


def test_every_refusal_is_a_sentence_with_a_source(when_accepted: dict[Question, Decision]) -> None:
    refusals = [answer for answer in when_accepted.values() if isinstance(answer, Refused)]

    assert len(refusals) > 1000
    for refusal in refusals:
        assert refusal.reason.text[0].isupper() or refusal.reason.text.startswith("'")
        assert refusal.reason.text.endswith(".")
        assert refusal.reason.source


def test_before_the_first_version_there_is_no_answer_and_from_it_there_is() -> None:
    asked = (Role.COMMANDER, Item.NAME_AND_ADDRESS, Use.READ, DUTY)
    accepted = Decisions(own_history(), accept(own_history(), version=1))

    with pytest.raises(BeforeFirstVersion, match=f"{FIRST:%d-%m-%Y}"):
        accepted.decide(*asked, FIRST - timedelta(days=1))
    assert isinstance(accepted.decide(*asked, FIRST), Allowed)


# --- closed until somebody accepts ---------------------------------------------------------------


def test_without_acceptances_nothing_of_the_entry_is_allowed() -> None:
    allowed = {one for one, answer in answers(NOTHING_ACCEPTED).items() if isinstance(answer, Allowed)}

    assert {item for _, item, _, _ in allowed} == USERS
    assert (Role.ADMINISTRATOR, Item.USER_NAME, Use.WRITE, "toegang-regelen") in allowed


def test_with_everything_accepted_the_answer_is_the_matrix(when_accepted: dict[Question, Decision]) -> None:
    signs = {cell: sign for sign, cell in _letters()}
    table = rows()
    for question in product(Role, DOSSIER - set(FACTS), Use, WORKS_FOR):
        role, item, use, purpose = question
        sign = signs[table[item][role]] if role in COLUMNS else "–"
        scope = (READS if use is Use.READ else WRITES).get(sign)
        if use is Use.WRITE and sign == "P" and item not in SAID_BY_ONESELF:
            scope = None
        expected = None if _never(item, purpose) or role not in WORKS_FOR[purpose] else scope
        answer = when_accepted[question]
        assert (answer.scope if isinstance(answer, Allowed) else None) == expected, question


def _letters() -> list[tuple[str, object]]:
    from .table import LETTERS

    return list(LETTERS.items())


def _never(item: Item, purpose: PurposeId) -> bool:
    """What the reading refuses whatever the matrix says: AVG art. 9(2), UAVG art. 46."""
    if item is Item.BSN:
        return purpose != DUTY
    return item in SPECIAL | MEDICAL and purpose in LEGITIMATE_INTEREST


@pytest.mark.thorough
@pytest.mark.parametrize("point", REFUSING, ids=lambda point: point.id)
def test_a_refusing_point_alone_gives_a_gap_where_its_blocks_say_and_nowhere_else(
    point: OpenPoint, when_accepted: dict[Question, Decision]
) -> None:
    waiting = answers(Decisions(own_history(), accept(own_history(), but=point.id)), MOST)
    gaps = {question for question, answer in waiting.items() if isinstance(answer, Gap)}

    assert gaps
    for question, answer in waiting.items():
        if question in gaps:
            assert answer == Gap(point), question
            assert touches(point, question), f"{point.id} answers {question}, which it does not name"
            continue
        assert answer == when_accepted[question], question
        assert not isinstance(answer, Allowed) or not touches(point, question), question


def test_a_gap_is_always_one_of_the_points_that_touch_the_question() -> None:
    for question, answer in answers(NOTHING_ACCEPTED).items():
        if isinstance(answer, Gap):
            assert answer.open_point in NOTHING_ACCEPTED.blocking(*question, TODAY), question


@pytest.mark.parametrize(
    "point", [one for one in REFUSING if one.refuses_when_accepted], ids=lambda one: one.id
)
def test_a_point_that_refuses_when_accepted_stays_refused(point: OpenPoint) -> None:
    waiting = answers(Decisions(own_history(), accept(own_history(), but=point.id)))
    changed = [question for question, answer in waiting.items() if isinstance(answer, Gap)]

    assert changed
    for question in changed:
        answer = ACCEPTED.decide(*question, TODAY)
        assert isinstance(answer, Refused)
        assert answer.reason.text == point.reading


def test_points_that_ask_or_keep_change_no_decision(when_accepted: dict[Question, Decision]) -> None:
    refusing = [one for one in accept(own_history()) if one.open_point in {point.id for point in REFUSING}]

    assert 0 < len(refusing) < len(accept(own_history()))
    assert answers(Decisions(own_history(), refusing)) == when_accepted


def test_every_item_that_is_bsn_or_special_waits_for_its_ground() -> None:
    for but, kinds in (
        ("avg-9-uitzondering", {ItemClass.SPECIAL, ItemClass.MEDICAL}),
        ("bsn-grond", {ItemClass.BSN}),
    ):
        decisions = Decisions(own_history(), accept(own_history(), but=but))
        read = decisions.project(Role.EGB_PHYSICIAN, Use.READ, DUTY, TODAY)
        for item, answer in zip(ITEMS, read, strict=True):
            if item in d2599().reading.items and d2599().reading.items[item].item_class in kinds:
                assert not isinstance(answer, Allowed), item
        assert isinstance(read[ITEMS.index(Item.PHONE)], Allowed)


# --- what it must never allow, beside what it must ------------------------------------------------


@pytest.mark.parametrize("item", sorted(MEDICAL))
def test_the_doctor_reads_a_medical_item_in_full_and_the_commander_does_not(item: Item) -> None:
    doctor = ACCEPTED.decide(Role.EGB_PHYSICIAN, item, Use.READ, DUTY, TODAY)
    commander = ACCEPTED.decide(Role.COMMANDER, item, Use.READ, DUTY, TODAY)

    assert isinstance(doctor, Allowed)
    assert doctor.scope is Scope.FULL
    assert "art. 9" in doctor.ground.extra
    if item is Item.MILITARY_MEDICAL_EXAM:
        assert isinstance(commander, Allowed)
        assert commander.scope is Scope.OUTCOME
    else:
        assert isinstance(commander, Refused)


def test_outcome_is_for_reading_only() -> None:
    asked = (Role.COMMANDER, Item.MILITARY_MEDICAL_EXAM)

    read = ACCEPTED.decide(*asked, Use.READ, DUTY, TODAY)
    write = ACCEPTED.decide(*asked, Use.WRITE, DUTY, TODAY)

    assert isinstance(read, Allowed)
    assert read.scope is Scope.OUTCOME
    assert isinstance(write, Refused)
    assert "niet vastleggen" in write.reason.text


def test_somebody_reads_all_of_themselves_and_records_only_what_they_are_the_source_of() -> None:
    for item in DOSSIER - set(FACTS) - {Item.BSN}:
        purpose, role = DUTY, Role.RE_INTEGRANT
        read = ACCEPTED.decide(role, item, Use.READ, purpose, TODAY)
        write = ACCEPTED.decide(role, item, Use.WRITE, purpose, TODAY)
        assert isinstance(read, Allowed), item
        assert isinstance(write, Allowed) == (item in SAID_BY_ONESELF), item
        assert isinstance(write, Allowed) or "verbetering" in write.reason.text


def test_the_first_version_lets_somebody_record_what_it_let_them_record_then() -> None:
    accepted = Decisions(own_history(), accept(own_history(), version=1))
    asked = (Role.RE_INTEGRANT, Item.WIA, Use.WRITE, DUTY)

    assert isinstance(accepted.decide(*asked, FIRST), Allowed)
    assert not isinstance(accepted.decide(*asked, TODAY), Allowed)


def test_until_somebody_accepts_what_a_person_records_they_only_read() -> None:
    waiting = Decisions(own_history(), accept(own_history(), but="eigen-opgave"))

    for item in SAID_BY_ONESELF:
        assert isinstance(waiting.decide(Role.RE_INTEGRANT, item, Use.READ, DUTY, TODAY), Allowed)
        assert isinstance(waiting.decide(Role.RE_INTEGRANT, item, Use.WRITE, DUTY, TODAY), Gap)
    assert isinstance(waiting.decide(Role.COMMANDER, Item.DUTIES, Use.WRITE, DUTY, TODAY), Allowed)


def test_everybody_keeps_their_own_address_and_nobody_their_own_posting() -> None:
    access = PurposeId("toegang-regelen")

    for item, written in (
        (Item.USER_CONTACT, True),
        (Item.USER_CREDENTIALS, True),
        (Item.USER_NAME, False),
        (Item.USER_POSTING, False),
    ):
        answer = ACCEPTED.decide(Role.DCR_GUIDE, item, Use.WRITE, access, TODAY)
        assert isinstance(answer, Allowed) == written, item


def test_who_may_read_may_not_therefore_write() -> None:
    asked = (Role.COMMANDER, Item.PHONE)

    assert isinstance(ACCEPTED.decide(*asked, Use.READ, DUTY, TODAY), Allowed)
    assert isinstance(ACCEPTED.decide(*asked, Use.WRITE, DUTY, TODAY), Refused)
    assert isinstance(ACCEPTED.decide(Role.COMMANDER, Item.DUTIES, Use.WRITE, DUTY, TODAY), Allowed)


@pytest.mark.parametrize("purpose", LEGITIMATE_INTEREST)
def test_a_purpose_on_a_legitimate_interest_gets_no_special_item_and_no_bsn(purpose: str) -> None:
    allowed = {
        item
        for role, use in product(Role, Use)
        for item, answer in zip(ITEMS, ACCEPTED.project(role, use, PurposeId(purpose), TODAY), strict=True)
        if isinstance(answer, Allowed)
    }

    assert Item.CASE_NUMBER in allowed
    assert allowed & (SPECIAL | MEDICAL | {Item.BSN}) == set()


@pytest.mark.parametrize("role", OVERSIGHT)
def test_whom_the_entry_does_not_name_never_gets_a_dossier_item(
    role: Role, when_accepted: dict[Question, Decision]
) -> None:
    mine = {one: answer for one, answer in when_accepted.items() if one[0] is role}
    allowed = {item for (_, item, _, _), answer in mine.items() if isinstance(answer, Allowed)}

    assert mine
    assert allowed <= USERS


def test_the_log_is_for_who_oversees_and_the_accounts_for_who_administers() -> None:
    accounting = PurposeId("verantwoorden")
    fg = ACCEPTED.decide(Role.PRIVACY_OFFICER, Item.USER_ACTIVITY, Use.READ, accounting, TODAY)
    administrator = ACCEPTED.decide(Role.ADMINISTRATOR, Item.USER_ACTIVITY, Use.READ, accounting, TODAY)

    assert isinstance(fg, Allowed)
    assert fg.scope is Scope.FULL
    assert isinstance(administrator, Refused)


def test_a_special_item_or_bsn_is_allowed_only_on_a_ground_of_its_own(
    when_accepted: dict[Question, Decision],
) -> None:
    allowed = [(one, answer) for one, answer in when_accepted.items() if isinstance(answer, Allowed)]
    for (_, item, _, purpose), answer in allowed:
        assert answer.ground.purpose == purpose
        assert answer.ground.names
        assert bool(answer.ground.extra) == (item in SPECIAL | MEDICAL | {Item.BSN}), (item, purpose)


def test_a_purpose_of_the_dossiers_opens_no_data_on_users_and_the_other_way_round(
    when_accepted: dict[Question, Decision],
) -> None:
    own = {PurposeId("toegang-regelen"), PurposeId("verantwoorden")}
    for (_, item, _, purpose), answer in when_accepted.items():
        if isinstance(answer, Allowed):
            assert (item in USERS) == (purpose in own)
            assert (item in SURVEY) == (purpose == "enquete")


def test_an_unknown_purpose_is_refused_and_the_known_ones_are_named() -> None:
    asked = (Role.EGB_PHYSICIAN, Item.PHONE, Use.READ)

    answer = ACCEPTED.decide(*asked, PurposeId("nieuwsgierigheid"), TODAY)

    assert isinstance(answer, Refused)
    assert "wettelijke-plicht" in answer.reason.text
    assert "nieuwsgierigheid" not in answer.reason.text
    assert isinstance(ACCEPTED.decide(*asked, DUTY, TODAY), Allowed)


# --- when an acceptance counts --------------------------------------------------------------------


def test_an_acceptance_counts_from_its_day_and_not_before() -> None:
    tomorrow = TODAY + timedelta(days=1)
    decisions = Decisions(own_history(), accept(own_history(), on=tomorrow))
    asked = (Role.COMMANDER, Item.PHONE, Use.READ, DUTY)

    assert isinstance(decisions.decide(*asked, TODAY), Gap)
    assert isinstance(decisions.decide(*asked, tomorrow), Allowed)
    assert isinstance(decisions.decide(*asked, TODAY), Gap), "a later day was answered in between"


def test_the_first_acceptance_of_a_point_is_the_one_that_counts() -> None:
    early = accept(own_history(), on=FIRST)[0]
    late = accept(own_history(), on=TODAY)[0]

    accepted = Decisions(own_history(), [late, early]).accepted(TODAY)

    assert accepted == {OpenPointId(early.open_point): early}


def test_an_employer_with_another_entry_gets_other_answers() -> None:
    ferry = everything_accepted(ferry_history())
    purpose = PurposeId("weer-aan-boord")

    harbour = ferry.decide(Role.COMMANDER, Item.PHONE, Use.WRITE, purpose, TODAY)
    commander = ACCEPTED.decide(Role.COMMANDER, Item.PHONE, Use.WRITE, DUTY, TODAY)

    assert isinstance(harbour, Allowed)
    assert isinstance(commander, Refused)
