"""Which page is for whom: for anybody, for logging in, for choosing a second factor; all others want both.

A page that is not named here is closed. Must never: open a page to somebody without a second factor because
it shows little. Read next: `guard.py`, `tests/web/inventory.py`.
"""

from typing import Final

from django.http import HttpRequest

PUBLIC: Final = frozenset(
    {
        *("front", "register", "register-text", "register-markdown", "matrix", "open-points"),
        *("terms", "terms-rules", "accessibility", "choose-language", "choose-theme", "theme-css"),
        *("help", "help-step", "help-topic", "demo", "account_logout"),
    }
)
"""For anybody, logged in or not."""

ENTRANCE: Final = frozenset(
    {"account_login", "mfa_authenticate", "activation", "activation-mail", "activation-password"}
)
"""For whoever is still on the way in."""

ENROLMENT: Final = frozenset({"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"})
"""For whoever has a password and no second factor yet: that, and nothing else."""

API: Final = "/api/"
"""Another mouth, with credentials of its own; a session says nothing there."""


def name_of_page(request: HttpRequest) -> str:
    """Return the name of the address that was asked for."""
    return request.resolver_match.view_name if request.resolver_match else ""
