"""An act of whoever holds a permit: how a room says in the log what the door decided.

Every act gets a span of its own in the permit's trace. Must never: be made of anything but a permit where
there is one, or of an operation that is not done for the purpose of that permit.
Read next: `append.py`, `../../register/permit.py`.
"""

from datetime import UTC, datetime

from hervat.journal.actions.append import begin_another
from hervat.journal.rules.acts import Act
from hervat.journal.rules.line import Actor, Effect
from hervat.journal.rules.trace import Trace, parse_traceparent
from hervat.register.permit import Permit
from hervat.register.vocabulary import Operation


def act_of(permit: Permit, operation: Operation, effect: Effect) -> Act:
    """Begin an act under a permit; it is recorded once. Raises `NotPermitted` for another operation."""
    permit.demand_operation(operation)
    foreign = parse_traceparent(permit.caller)
    trace = Trace(trace_id=permit.trace_id, span_id=permit.span_id, foreign=foreign)
    return Act(
        trace=begin_another(trace),
        operation=operation,
        effect=effect,
        actor=Actor(
            kind=permit.actor_kind,
            code=permit.actor,
            role=permit.role,
            unit=permit.unit,
            address=permit.address,
        ),
        purpose=permit.purpose,
        activity=permit.activity,
        register_version=permit.register_version,
        ground=permit.ground,
        authority=permit.authority,
        source=permit.source,
        started_at=datetime.now(UTC),
    )
