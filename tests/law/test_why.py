"""Each date says why, in Dutch, with the article and the kind of each fact."""

from datetime import date

from hervat.law.reading import FACT_DAYS, read_situation
from hervat.law.timeline import CaseTimeline, timeline
from hervat.law.vocabulary import FactKind, PointId, StepId
from hervat.law.why import Reason, explain
from hervat.law.words import FACT_NAMES


def latest(data: dict[str, object]) -> CaseTimeline:
    return timeline(read_situation(data)[0], on=date(2024, 1, 1)).latest


def why(data: dict[str, object], step: StepId) -> tuple[Reason, ...]:
    found = latest(data)
    return next(one.why for one in (*found.steps, *found.milestones) if one.id is step)


def test_an_interruption_is_explained_with_its_days_and_article() -> None:
    reasons = why(
        {"spells": [["2023-01-02", "2023-06-05"], ["2023-06-19", None]]}, StepId.WEEK_42_NOTIFICATION
    )

    assert explain(reasons) == [
        "Eerste ziektedag: 2 januari 2023",
        "+294 dagen: de eerste dag nadat de ongeschiktheid 42 weken heeft geduurd, art. 38 lid 1 ZW",
        "+14 dagen: hersteld van 5 tot 19 juni 2023, samengeteld want korter dan 28 dagen, art. 23 lid 3 WIA",
    ]
    assert [reason.kind for reason in reasons] == [FactKind.FIRST_SICK_DAY, FactKind.RULE, FactKind.RECOVERY]


def test_leave_and_recovery_are_told_apart_so_that_one_can_be_left_out() -> None:
    leave = {"from": "2023-05-08", "to": "2023-05-20", "same_cause": True}
    reasons = why(
        {"spells": [["2023-01-02", "2023-05-01"], ["2023-05-28", None]], "leaves": [leave]},
        StepId.WAITING_PERIOD_END,
    )

    moved = [
        (reason.kind, reason.days) for reason in reasons if reason.days and reason.kind is not FactKind.RULE
    ]
    assert moved == [(FactKind.RECOVERY, 7), (FactKind.LEAVE, 13), (FactKind.RECOVERY, 7)]


def test_a_new_case_says_why_it_is_one() -> None:
    reasons = why({"spells": [["2023-01-02", "2023-05-01"], ["2023-05-29", None]]}, StepId.PROBLEM_ANALYSIS)

    assert (
        "Nieuw ziektegeval: hersteld of met verlof van 1 tot 29 mei 2023; 28 dagen is niet minder"
        in reasons[1].text
    )


def test_a_doubtful_gap_says_that_it_is_provisional() -> None:
    leave = {"from": "2023-05-15", "to": "2023-09-03"}
    reasons = why(
        {"spells": [["2023-01-02", "2023-05-01"], ["2023-09-11", None]], "leaves": [leave]},
        StepId.WEEK_42_NOTIFICATION,
    )

    assert sum("een mens moet beslissen" in reason.text for reason in reasons) == 2


def test_a_correction_and_a_partial_resumption_are_told() -> None:
    reasons = why(
        {
            "spells": [["2023-01-02", None]],
            "correction": {"reported": "2023-01-02", "corrected": "2023-01-04", "reason": "eerder naar huis"},
            "resumptions": [{"from": "2023-03-01", "absence_percentage": 50}],
        },
        StepId.WEEK_42_NOTIFICATION,
    )

    kinds = [reason.kind for reason in reasons]
    assert kinds == [FactKind.FIRST_SICK_DAY, FactKind.CORRECTION, FactKind.RULE, FactKind.RESUMPTION]
    assert "gemeld was 2 januari 2023 (eerder naar huis)" in reasons[1].text
    assert "vanaf 1 maart 2023 voor 50 % afwezig; dat stopt de klok niet" in reasons[3].text


def test_the_end_of_pay_names_the_act_of_the_regime() -> None:
    facts = {"application_made_on": "2024-10-20", "uwv_notice_received_on": "2024-09-01"}
    data: dict[str, object] = {"spells": [["2023-01-02", None]], "facts": facts}

    assert "+7 dagen: de aanvraag kwam na de uiterste dag, art. 76a lid 6 onder a ZW" in explain(
        why(data, StepId.PAY_END)
    )
    civil = explain(why(data | {"regime": "BW"}, StepId.PAY_END))
    assert any("art. 7:629 lid 11 onder a BW" in text for text in civil)
    assert next(
        one for one in latest(data | {"regime": "BW"}).milestones if one.id is StepId.PAY_END
    ).article.text == ("art. 7:629 lid 1 BW")


def test_a_shortened_sanction_is_added_up() -> None:
    reasons = why(
        {
            "spells": [["2023-01-02", None]],
            "leaves": [{"from": "2025-01-06", "to": "2025-01-12", "same_cause": True}],
            "facts": {
                "sanction_decided_on": "2024-11-15",
                "sanction_weeks": 52,
                "repair_reported_on": "2025-02-03",
                "finding_on": "2025-02-20",
            },
        },
        StepId.WAGE_SANCTION_END,
    )

    assert [(r.kind, r.days) for r in reasons[2:]] == [
        (FactKind.SANCTION, 364),
        (FactKind.LEAVE, 7),
        (FactKind.FINDING, -276),
    ]


def test_every_day_of_the_facts_has_a_dutch_name() -> None:
    assert set(FACT_NAMES) == {*FACT_DAYS, "uwv_notice_received_on", "sanction_decided_on"}


def test_facts_from_before_the_first_day_are_named_in_dutch() -> None:
    facts = {"opinion_given_on": "2022-05-01"}

    points = latest({"spells": [["2023-01-02", None]], "facts": facts}).open_points

    assert [point.text for point in points if point.id is PointId.FACT_BEFORE_FIRST_DAY] == [
        "Deze feiten liggen vóór de eerste ziektedag en tellen niet mee: oordeel van de bedrijfsarts."
    ]
