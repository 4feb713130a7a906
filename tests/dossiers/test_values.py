"""A sealed value comes back as it went in; what the register names no text for is a code."""

from datetime import date

import pytest

from hervat.dossiers.rules.values import (
    KINDS,
    Address,
    Placement,
    SicknessAct,
    Value,
    ValueFault,
    WageSanction,
    Wga,
    Wia,
    outcome_of,
    pack,
    unpack,
)
from hervat.dossiers.rules.vocabulary import (
    FIELDS,
    Conflict,
    DismissalReason,
    Field,
    Outcome,
    SafetyNet,
    ServiceBranch,
    Sex,
    WgaPhase,
    WiaDecision,
)
from hervat.law.vocabulary import SanctionKind

DAY = date(2026, 5, 1)
EXAMPLES: dict[Field, Value] = {
    Field.NAME: "Sanne Yıldız",
    Field.ADDRESS: Address("Kazernelaan 1", "1234 AB", "Soesterberg"),
    Field.BIRTH_DATE: date(1991, 2, 28),
    Field.SEX: Sex.WOMAN,
    Field.EMAIL: "s.yildiz@example.org",
    Field.PHONE: "+31 6 00000000",
    Field.EMPLOYEE_ID: "W-0001",
    Field.BSN: "999990019",
    Field.PAYROLL_TAX_NUMBER: "000000000L01",
    Field.SERVICE_BRANCH: ServiceBranch.ARMY,
    Field.DUTIES: "Groepscommandant.\nOefenen en begeleiden.",
    Field.JOB_DESCRIPTION: "Sergeant",
    Field.ENDS_ON: DAY,
    Field.DISMISSED_ON: DAY,
    Field.DISMISSAL_REASON: DismissalReason.END_OF_TERM,
    Field.WORK_RELATION: "Goed.",
    Field.WORK_CONFLICT: Conflict.MEDIATION,
    Field.REACHABLE_9_10: False,
    Field.REACHABLE_10_5: True,
    Field.REACHABILITY_NOTE: "Liever bellen.",
    Field.PAY_ENDS_ON: DAY,
    Field.OUTCOME: Placement(Outcome.OWN_WORK, DAY),
    Field.SICKNESS_ACT: SicknessAct(SafetyNet.HOLDS),
    Field.WIA: Wia(applied_on=DAY, decision=WiaDecision.WGA_PARTIAL, decided_on=DAY),
    Field.SANCTION: WageSanction(DAY, SanctionKind.SUBSTANTIVE),
    Field.WGA: Wga(WgaPhase.WAGE_RELATED, DAY, self_insured=True),
}


def test_every_field_has_one_table_one_kind_and_an_example() -> None:
    assert [field for fields in FIELDS.values() for field in fields] == list(Field)
    assert set(KINDS) == set(EXAMPLES) == set(Field)


@pytest.mark.parametrize("field", Field)
def test_a_value_comes_back_as_it_went_in_and_another_kind_is_refused(field: Field) -> None:
    assert unpack(field, pack(field, EXAMPLES[field])) == EXAMPLES[field]
    assert type(unpack(field, pack(field, EXAMPLES[field]))) is KINDS[field]

    other = DAY if KINDS[field] is not date else "1 mei"
    with pytest.raises(ValueFault) as fault:
        pack(field, other)
    assert fault.value.field is field


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Field.BSN, "999990018"),
        (Field.BSN, "9999.90.019"),
        (Field.NAME, " "),
        (Field.NAME, "x" * 201),
        (Field.NAME, "Sanne\nYıldız"),
        (Field.DUTIES, "x" * 4001),
        (Field.DUTIES, "a\x00b"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_without_repeating_it(field: Field, text: str) -> None:
    with pytest.raises(ValueFault) as fault:
        pack(field, text)

    assert text.strip() == "" or text not in str(fault.value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Conflict.NONE, "nee"),
        (Conflict.REPORTED, "ja"),
        (Conflict.SETTLED, "nee"),
        (SicknessAct(SafetyNet.HOLDS, DAY), "geldt"),
        (Wia(), "niet-aangevraagd"),
        (Wia(applied_on=DAY, decision=WiaDecision.IVA), "iva"),
        (WageSanction(DAY, SanctionKind.ADMINISTRATIVE), "vastgelegd"),
        (None, None),
    ],
)
def test_an_outcome_is_a_code_and_holds_no_date_and_no_text(value: Value | None, code: str | None) -> None:
    assert outcome_of(Field.WIA, value) == code
