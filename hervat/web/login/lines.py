"""Tells the log what the log-in library does: it speaks by signals, and this is the only place that listens.

What it says only after a commit (a factor added, codes renewed) the pages tell themselves, in the same
transaction: `views.py`. Must never: pass on what was typed; a name nobody has becomes a keyed code.
Read next: `../../organisation/actions/log_in.py`.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed
from allauth.mfa import signals as factors
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from hervat.organisation.actions.log_in import Event, tell


def address_of(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Return the address of a visitor, as far as it is one."""
    try:
        return ip_address(get_adapter().get_client_ip(request))
    except ValueError:
        return None


def tell_of(request: HttpRequest, event: Event, *, user: UUID | None, name: str = "") -> None:
    """Log what a visitor did."""
    tell(event, user=user, name=name, address=address_of(request))


@receiver(user_logged_in)
def _logged_in(request: HttpRequest, user: Any, **kwargs: object) -> None:
    from hervat.web.login.sessions import start

    start(request)
    tell_of(request, Event.LOGGED_IN, user=user.pk)


@receiver(user_logged_out)
def _logged_out(request: HttpRequest, user: Any, **kwargs: object) -> None:
    if user is not None:
        tell_of(request, Event.LOGGED_OUT, user=user.pk)


@receiver(password_changed)
def _password_changed(request: HttpRequest, user: Any, **kwargs: object) -> None:
    tell_of(request, Event.PASSWORD_SET, user=user.pk)


@receiver(factors.authenticator_removed)
def _factor_removed(request: HttpRequest, user: Any, **kwargs: object) -> None:
    tell_of(request, Event.FACTOR_REMOVED, user=user.pk)


@receiver(factors.authenticator_used)
def _confirmed(request: HttpRequest, user: Any, reauthenticated: bool, **kwargs: object) -> None:
    if reauthenticated:
        tell_of(request, Event.CONFIRMED, user=user.pk)


@receiver(factors.authentication_failed)
def _code_wrong(request: HttpRequest, user: Any, **kwargs: object) -> None:
    tell_of(request, Event.CODE_WRONG, user=user.pk)
