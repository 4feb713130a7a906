"""What the rooms below refuse becomes a fault of the message, and what a message names is held to the permit.

Must never: swallow a refusal that is a fault of ours. Read next: `applying.py`, `../rules/faults.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import IntegrityError
from pydantic import BaseModel

from hervat.course.rules.faults import CourseFault
from hervat.course.rules.faults import Fault as OfCourse
from hervat.dossiers.actions.correcting import KeyGone
from hervat.dossiers.rules.values import ValueFault
from hervat.exchange.rules.facts import MEMBERS
from hervat.exchange.rules.faults import FaultCode, Faulty
from hervat.exchange.rules.reading import named_items
from hervat.law.errors import LawError
from hervat.organisation.queries.standing import unit_tree
from hervat.register.decisions import Gap
from hervat.register.permit import Permit
from hervat.register.vocabulary import Use
from hervat.vault.rules.finding import BsnError, EmployeeNumberError

_OF_COURSE = {
    OfCourse.SICK_ALREADY: FaultCode.ALREADY_SICK,
    OfCourse.NOT_SICK: FaultCode.NOT_SICK,
    OfCourse.AHEAD: FaultCode.IN_FUTURE,
    OfCourse.NOT_OF_DOSSIER: FaultCode.OTHER_PERSON,
}


@contextmanager
def judged() -> Iterator[None]:
    """Turn what a message cannot bring into the fault that it is."""
    try:
        yield
    except ValueFault as error:
        raise Faulty(FaultCode.WRONG_VALUE, MEMBERS.get(error.field, error.field.value)) from None
    except EmployeeNumberError:
        raise Faulty(FaultCode.WRONG_VALUE, "employee_number") from None
    except BsnError:
        raise Faulty(FaultCode.WRONG_VALUE, "bsn") from None
    except CourseFault as error:
        raise Faulty(_OF_COURSE.get(error.fault, FaultCode.COURSE)) from None
    except LawError:
        raise Faulty(FaultCode.COURSE) from None
    except IntegrityError as error:
        if "bsn_index" in str(error):
            raise Faulty(FaultCode.NUMBER_TAKEN, "bsn") from None
        raise
    except KeyGone:
        raise Faulty(FaultCode.DESTROYED) from None


def demand_items(permit: Permit, facts: BaseModel) -> None:
    """Raise `Faulty` unless the register lets a feed bring every item that a message names."""
    closed = [
        (name, permit.decision(item, Use.WRITE))
        for item, name in named_items(facts)
        if permit.scope(item, Use.WRITE) is None
    ]
    if closed:
        gap = any(isinstance(decision, Gap) for _, decision in closed)
        names = sorted(name for name, _ in closed)
        raise Faulty(FaultCode.OPEN_POINT if gap else FaultCode.NOT_IN_REGISTER, *names)


def place_named(abbreviation: str, on: date) -> UUID:
    """Return the unit of this abbreviation. Raises `Faulty` for one that is not there, or closed."""
    unit = unit_tree().abbreviated(abbreviation)
    if unit is None or not unit.is_open(on):
        raise Faulty(FaultCode.UNIT_UNKNOWN, "unit")
    return unit.id
