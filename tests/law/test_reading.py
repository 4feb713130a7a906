"""What does not fit is refused in Dutch, says what to do, and never repeats what was typed."""

from datetime import date
from typing import Any

import pytest

from hervat.law.errors import InputError
from hervat.law.facts import Facts, Leave, Sanction
from hervat.law.reading import read_situation
from hervat.law.vocabulary import LeaveKind, Notice, Regime, SameCause, SanctionKind

SICK: dict[str, Any] = {"spells": [["2023-01-02", None]]}
TYPED = "Jansen, griep"

REFUSED: list[tuple[object, str]] = [
    (None, "geen verzameling van sleutels"),
    ([], "geen verzameling van sleutels"),
    ({}, "'spells' ontbreekt"),
    ({"spells": []}, "Er is geen ziekteperiode"),
    ({"spells": {}}, "'spells' is geen lijst"),
    ({"spells": [["2023-01-02", None]] * 401}, "meer dan 400 delen"),
    ({"spells": ["2023-01-02"]}, "bestaat niet uit twee dagen"),
    ({"spells": [["2023-01-02"]]}, "bestaat niet uit twee dagen"),
    ({"spells": [[None, "2023-01-02"]]}, "'spells' is geen datum"),
    ({"spells": [["20230102", None]]}, "'spells' is geen datum"),
    ({"spells": [["2023-W01-1", None]]}, "'spells' is geen datum"),
    ({"spells": [["2023-02-29", None]]}, "een datum die niet bestaat"),
    ({"spells": [["２０２３-01-02", None]]}, "een datum die niet bestaat"),
    ({"spells": [["2200-01-01", None]]}, "ligt te ver weg"),
    ({"spells": [["2023-01-02", "2023-01-02"]]}, "eindigt op of voor haar eerste dag"),
    ({"spells": [["2023-01-02", "2022-12-31"]]}, "eindigt op of voor haar eerste dag"),
    ({"spells": [["2023-01-02", "2023-02-01"], ["2023-01-31", None]]}, "overlappen elkaar"),
    ({"spells": [["2023-01-02", None], ["2023-03-01", None]]}, "overlappen elkaar"),
    (SICK | {TYPED: 1}, "heeft een onbekende sleutel."),
    (SICK | {"spels": 1}, "onbekende sleutel 'spels'"),
    (SICK | {"leaves": [{"from": "2023-05-01"}]}, "Bij een verlof ontbreekt 'to'"),
    (SICK | {"leaves": [{"from": "2023-05-02", "to": "2023-05-01"}]}, "eindigt voor het begint"),
    (SICK | {"leaves": [{"from": "2023-05-01", "to": "2023-05-02", "same_cause": 1}]}, "'same_cause'"),
    (SICK | {"leaves": [{"from": "2023-05-01", "to": "2023-05-02", "kind": TYPED}]}, "'kind' is onbekend"),
    (SICK | {"leaves": [{"from": "2023-05-01", "to": "2023-05-02"}] * 2}, "Twee verloven overlappen"),
    (SICK | {"resumptions": [{"from": "2023-05-01", "absence_percentage": 101}]}, "van 0 tot en met 100"),
    (SICK | {"resumptions": [{"from": "2023-05-01", "absence_percentage": True}]}, "van 0 tot en met 100"),
    (SICK | {"resumptions": [{"from": "2023-05-01", "absence_percentage": 50.5}]}, "van 0 tot en met 100"),
    (SICK | {"facts": {"opinion": "2023-02-10"}}, "onbekende sleutel 'opinion'"),
    (SICK | {"facts": {"opinion_given_on": TYPED}}, "'opinion_given_on' is geen datum"),
    (SICK | {"facts": {"sanction_weeks": 52}}, "zonder besluit"),
    (SICK | {"facts": {"sanction_decided_on": "2024-11-01", "sanction_weeks": 53}}, "van 1 tot en met 52"),
    (SICK | {"facts": {"sanction_decided_on": "2024-11-01", "sanction_weeks": 10**400}}, "van 1 tot en met"),
    (SICK | {"facts": {"repair_reported_on": "2025-01-01"}}, "zonder loonsanctie"),
    (
        SICK | {"facts": {"sanction_decided_on": "2024-11-01", "repair_reported_on": "2024-10-31"}},
        "'repair_reported_on' ligt voor 'sanction_decided_on'",
    ),
    (SICK | {"correction": {"reported": "2023-01-02", "corrected": "2023-01-03"}}, "ontbreekt 'reason'"),
    (
        SICK | {"correction": {"reported": "2023-01-03", "corrected": "2023-01-04", "reason": "x"}},
        "niet bij 'spells' staat",
    ),
    (
        SICK | {"correction": {"reported": "2023-01-02", "corrected": "2023-01-03", "reason": "\ud800"}},
        "'reason'",
    ),
    (SICK | {"regime": "FR"}, "'regime' is onbekend"),
    (SICK | {"regime": ["ZW"]}, "'regime' is onbekend"),
    (SICK | {"on": None}, "'on' is geen datum"),
]


@pytest.mark.parametrize(("data", "problem"), REFUSED, ids=[problem for _, problem in REFUSED])
def test_what_does_not_fit_is_refused_and_says_what_to_do(data: object, problem: str) -> None:
    with pytest.raises(InputError) as refused:
        read_situation(data)

    assert problem in refused.value.problem
    assert len(refused.value.remedy) > 10
    assert TYPED not in str(refused.value)
    assert "2023-01" not in refused.value.problem


def test_everything_that_can_be_given_is_read() -> None:
    situation, on = read_situation(
        {
            "spells": [["2023-05-28", None], ["2023-01-02", "2023-05-01"]],
            "leaves": [
                {"from": "2023-05-01", "to": "2023-08-20", "same_cause": False, "kind": "adoption"},
                {"from": "2023-01-20", "to": "2023-01-21", "same_cause": None},
            ],
            "resumptions": [{"from": "2023-03-01", "absence_percentage": 50}],
            "facts": {
                "opinion_given_on": "2023-02-10",
                "plan_agreed_on": None,
                "uwv_notice_received_on": None,
                "sanction_decided_on": "2024-11-01",
                "sanction_weeks": 26,
                "sanction_kind": "administrative",
            },
            "regime": "BW",
            "on": "2026-11-23",
        }
    )

    assert [spell.first_sick_day for spell in situation.spells] == [date(2023, 1, 2), date(2023, 5, 28)]
    assert situation.leaves[0] == Leave(date(2023, 1, 20), date(2023, 1, 21), SameCause.UNKNOWN)
    assert situation.leaves[1].kind is LeaveKind.ADOPTION
    assert situation.facts == Facts(
        opinion_given_on=date(2023, 2, 10),
        uwv_notice=Notice.NOT_SENT,
        sanction=Sanction(date(2024, 11, 1), 26, SanctionKind.ADMINISTRATIVE),
    )
    assert (situation.regime, on) == (Regime.CIVIL_CODE, date(2026, 11, 23))
