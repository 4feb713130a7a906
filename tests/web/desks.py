"""What the tests of the desks share: somebody of the cast at their desk, logged in with a second factor."""

import time
from datetime import date, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client
from django.utils import timezone

from hervat.organisation.models import Posting, User
from hervat.organisation.rules.postings import DOCTORS
from hervat.register.vocabulary import Role
from hervat.web.login.sessions import BEGAN, SEEN
from tests.cast import Player


def account(player: Player) -> User:
    """The account of one of the cast, made when it is not there."""
    fields = {"name": player.name, "email": f"{player.code}@example.org"}
    return User.objects.get_or_create(code=player.code, defaults=fields)[0]


def employ(player: Player, role: Role | None = None, *, first_day: date | None = None) -> User:
    """Give one of the cast an account and a posting without a unit."""
    user = account(player)
    chosen = role or player.role
    approved = "cli:tweede" if chosen in DOCTORS else None
    Posting.objects.create(
        user=user,
        role=chosen.value,
        starts_on=first_day or timezone.localdate() - timedelta(days=30),
        granted_by_kind="opdracht",
        granted_by="cli:beheer",
        approved_by_kind="opdracht" if approved else None,
        approved_by=approved,
        approved_on=timezone.localdate() - timedelta(days=30) if approved else None,
    )
    return user


def logged_in(player: Player, *, factor: bool = True, confirmed_ago: float = 0) -> Client:
    """A browser of somebody who logged in, with a second factor or without, so many seconds ago."""
    client = Client()
    user, now = account(player), time.time()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[BEGAN] = session[SEEN] = now
    methods = [{"method": "password", "at": now - confirmed_ago, "email": "x@example.org"}]
    if factor:
        methods.append({"method": "mfa", "at": now - confirmed_ago, "type": "totp", "id": 1})
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(player.code)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def at_desk(player: Player, role: Role | None = None) -> Client:
    """Somebody of the cast with a posting, logged in."""
    employ(player, role)
    return logged_in(player)
