"""Which item each personal field of the log-in library holds: its tables are not ours to mark.

Must never: leave out a field that says something of a user. Read next: `../models.py`, `../../cli/stored.py`.
"""

from collections.abc import Mapping
from typing import Final

from hervat.register.vocabulary import Item

KEPT_BY_LOG_IN: Final[Mapping[str, Item]] = {
    "mfa.Authenticator.data": Item.USER_CREDENTIALS,
    "mfa.Authenticator.created_at": Item.USER_CREDENTIALS,
    "mfa.Authenticator.last_used_at": Item.USER_CREDENTIALS,
    "usersessions.UserSession.ip": Item.USER_ACTIVITY,
    "usersessions.UserSession.user_agent": Item.USER_ACTIVITY,
    "usersessions.UserSession.created_at": Item.USER_ACTIVITY,
    "usersessions.UserSession.last_seen_at": Item.USER_ACTIVITY,
    "sessions.Session.session_data": Item.USER_CREDENTIALS,
}
"""By model and field. The library's addresses stay empty: `../migrations/0004_log_in_tables.py`."""
