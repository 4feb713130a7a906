"""An act under a permit is of an operation that the permit holds, and of no other."""

import pytest

from hervat.journal.actions.acting import act_of
from hervat.journal.rules.line import Effect
from hervat.register.permit import NotPermitted
from hervat.register.vocabulary import Operation

from ..permits import a_permit


def test_an_act_is_of_what_is_done_under_its_permit_and_of_nothing_else() -> None:
    permit = a_permit(operations=frozenset({Operation.READ_DOSSIER, Operation.KEEP_CONTACT}))

    assert act_of(permit, Operation.READ_DOSSIER, Effect.READ).operation is Operation.READ_DOSSIER
    for operation in set(Operation) - permit.operations:
        with pytest.raises(NotPermitted) as refused:
            act_of(permit, operation, Effect.READ)
        assert permit.purpose in str(refused.value)
        assert operation in str(refused.value)
