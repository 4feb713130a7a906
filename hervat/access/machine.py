"""Who runs a command on the machine: the account of this process, as a code for the log.

Must never: take the name of an account from the environment, where anybody can write what they like.
Read next: `door.py` (for_command).
"""

import os
import re

from hervat.journal.rules.line import Actor
from hervat.register.vocabulary import ActorKind, Role

_NOT_IN_A_CODE = re.compile(r"[^a-z0-9_.-]+")
_LONGEST_ACCOUNT = 60


def account_code(account: str) -> str:
    """Fold the name of an account on the machine into a code for the log.

    Two names that fold into one code are one actor: that refuses too much, and never too little.

    >>> account_code("beheer"), account_code("DEFENSIE\\\\J. Jansen")
    ('cli:beheer', 'cli:defensie-j.-jansen')
    """
    return f"cli:{_NOT_IN_A_CODE.sub('-', account.lower())[:_LONGEST_ACCOUNT]}"


def account_of_this_process() -> str:
    """Return the account of this process, as the operating system knows it."""
    try:
        import pwd
    except ImportError:  # Windows
        return os.getlogin()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # in a container an account may have no name
        return str(os.getuid())


def command_actor(role: Role | None = None) -> Actor:
    """Return whoever runs this command, as the log knows them."""
    return Actor(kind=ActorKind.COMMAND, code=account_code(account_of_this_process()), role=role)
