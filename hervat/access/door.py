"""The door: the only place where a Permit is made.

So far it lets in whoever types a command on the machine: an administrator, under the name `cli:` and the
account that runs the process. Whoever has that account has the database already; what the permit adds is
that the register is asked, and that the log says who it was. Must never: take the name of an account from
the environment, where anybody can write what they like. Read next: `../register/permit.py`.
"""

import os
import re
from datetime import date

from hervat.journal.rules.acts import under
from hervat.journal.rules.trace import Trace
from hervat.register import in_force
from hervat.register.model import PurposeId, Register
from hervat.register.permit import Permit
from hervat.register.vocabulary import ActorKind, Authority, Item, Operation, Role, Source, Use

_NOT_IN_A_CODE = re.compile(r"[^a-z0-9_.-]+")
_LONGEST_ACCOUNT = 60


class NoPurpose(ValueError):  # noqa: N818 - it names the situation, as the caller meets it
    """The register has no purpose for what somebody wants to do with users, so it may not be done."""

    def __init__(self, register: Register, operation: Operation) -> None:
        super().__init__(
            f"Het register (versie {register.version.number}) noemt geen doel waarvoor '{operation}' mag bij "
            "gebruikers. Neem zo'n doel op in users.yaml."
        )


def for_command(operation: Operation, *, on: date, trace: Trace) -> Permit:
    """Let in whoever runs a command, for an operation on users, units and postings.

    Raises `NoPurpose`, and `BeforeFirstVersion` for a day before the register began.
    """
    register = in_force.history().on(on)
    purpose = _purpose(register, operation)
    activity, version = under(register, purpose)
    decisions = in_force.decisions()
    return Permit(
        actor_kind=ActorKind.COMMAND,
        actor=account_code(_account()),
        role=Role.ADMINISTRATOR,
        authority=Authority.COMMAND_LINE,
        source=Source.COMMAND_LINE,
        purpose=purpose,
        ground=register.purpose(purpose).basis,
        activity=activity,
        register_version=version,
        on=on,
        reads=decisions.project(Role.ADMINISTRATOR, Use.READ, purpose, on),
        writes=decisions.project(Role.ADMINISTRATOR, Use.WRITE, purpose, on),
        trace_id=trace.trace_id,
        span_id=trace.span_id,
    )


def account_code(account: str) -> str:
    """Fold the name of an account on the machine into a code for the log.

    Two names that fold into one code are one actor: that refuses too much, and never too little.

    >>> account_code("beheer"), account_code("DEFENSIE\\\\J. Jansen")
    ('cli:beheer', 'cli:defensie-j.-jansen')
    """
    return f"cli:{_NOT_IN_A_CODE.sub('-', account.lower())[:_LONGEST_ACCOUNT]}"


def _account() -> str:
    """The account of this process, as the operating system knows it."""
    try:
        import pwd
    except ImportError:  # Windows
        return os.getlogin()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # in a container an account may have no name
        return str(os.getuid())


def _purpose(register: Register, operation: Operation) -> PurposeId:
    for purpose in register.group(Item.USER_POSTING).purposes:
        if operation in register.reading.purposes[purpose].operations:
            return purpose
    raise NoPurpose(register, operation)
