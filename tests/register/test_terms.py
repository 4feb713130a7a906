"""The clocks of D2599, written apart from reading.yaml, and what each thing the entry keeps is read as."""

import pytest

from hervat.register.vocabulary import Clock, DayRule, DocumentClass

from .copies import d2599

EXACT, YEAR = DayRule.EXACT, DayRule.END_OF_YEAR
CLOCKS = {
    "12-jaar": ("P12Y", Clock.FIRST_SICK_DAY, EXACT),
    "100-jaar": ("P100Y", Clock.BIRTH_YEAR, YEAR),
    "7-jaar": ("P7Y", Clock.CASE_CLOSED, EXACT),
    "12-jaar-bijzonder": ("P12Y", Clock.FIRST_SICK_DAY, EXACT),
    "100-jaar-bijzonder": ("P100Y", Clock.BIRTH_YEAR, YEAR),
    "7-jaar-bijzonder": ("P7Y", Clock.CASE_CLOSED, EXACT),
    "10-jaar": ("P10Y", Clock.POLICY_DECIDED, EXACT),
    "2-jaar": ("P2Y", Clock.LOGGED, EXACT),
    "6-maanden": ("P6M", Clock.COLLECTED, EXACT),
}


@pytest.mark.parametrize("code", CLOCKS)
def test_a_term_has_its_clock(code: str) -> None:
    terms = {str(term): reading for term, reading in d2599().reading.terms.items()}
    term = terms[code]

    assert (term.duration, term.clock, term.day_rule) == CLOCKS[code]
    assert term.reason.source


def test_there_is_no_other_term_of_the_entry() -> None:
    named = {term.id for group in d2599().entry.groups for block in group.retention for term in block.terms}

    assert named == set(CLOCKS)
    assert {*d2599().reading.terms} - named == {"account-2-jaar", "logboek-termijn"}


def test_the_duration_stands_in_the_phrase_too() -> None:
    words = {"P12Y": "12 jaar", "P100Y": "100 jaar", "P7Y": "7 jaar", "P10Y": "10 jaar", "P2Y": "2 jaar",
             "P6M": "6 maanden", "P5Y": "5 jaar"}  # fmt: skip
    for entry in d2599().entries:
        for term in (term for group in entry.groups for block in group.retention for term in block.terms):
            assert words[d2599().reading.terms[term.id].duration] in term.phrase


def test_each_thing_a_term_names_is_read_as_a_record() -> None:
    objects = {
        phrase: kinds
        for term in ("100-jaar-bijzonder", "7-jaar-bijzonder")
        for phrase, kinds in {str(t): r for t, r in d2599().reading.terms.items()}[term].objects.items()
    }

    assert objects == {
        "uitslag medisch onderzoek": (DocumentClass.MEDICAL_EXAM_RESULT,),
        "(her)plaatsingsdocumenten etc.": (DocumentClass.PLACEMENT,),
        "medisch plan van aanpak": (DocumentClass.MEDICAL_ACTION_PLAN, DocumentClass.GATEKEEPER_MEDICAL),
        "verklaring arbodienst": (DocumentClass.OCCUPATIONAL_STATEMENT,),
        "ziekteverzuim": (DocumentClass.SICKNESS_ABSENCE,),
    }


def test_every_item_is_kept_in_a_record_that_a_term_of_its_own_group_names() -> None:
    for item in d2599().reading.items.values():
        own = {term.id for block in d2599().group(item.item).retention for term in block.terms}
        naming = {term.id for term in d2599().reading.terms.values() if item.document in term.documents}
        assert own & naming, item.item
