"""Dossiers to test with, opened as the personnel feed does, and permits as the door would give them."""

from datetime import date
from typing import Any
from uuid import UUID

from hervat.dossiers.actions.opening import NewDossier, Opened, open_dossier
from hervat.register.permit import Permit
from hervat.register.vocabulary import ActorKind, Authority, Role, Source

from ..cast import APPOINTMENT, COMMANDER, LABOUR_EXPERT, PO_ADVISER, SANNE, TODAY, Player, Sick
from ..permits import a_permit

FIRST_SICK = date(2026, 10, 5)
OPENED = date(2026, 10, 12)


def feed(*units: UUID, **changes: Any) -> Permit:
    """The permit of the personnel feed: a job, for these units."""
    fields: dict[str, Any] = {
        "actor_kind": ActorKind.JOB,
        "actor": "personeelsbericht",
        "role": None,
        "authority": Authority.CREDENTIALS,
        "source": Source.JOB,
        "dossier": None,
        "subject": None,
        "units": frozenset(units),
    }
    return a_permit(**(fields | changes))


def open_for(sick: Sick = SANNE, **changes: Any) -> Opened:
    """Open a dossier for somebody, as the personnel feed does."""
    fields: dict[str, Any] = {
        "unit": sick.unit.id,
        "first_sick_on": FIRST_SICK,
        "opened_on": OPENED,
        "identity": sick.facts,
        "appointment": APPOINTMENT,
        "user_code": sick.code,
    }
    new = NewDossier(**(fields | changes))
    return open_dossier(permit=feed(new.unit), new=new)


def permit_for(opened: Opened, player: Player = PO_ADVISER, **changes: Any) -> Permit:
    """A permit for one dossier, of somebody with a posting there."""
    fields: dict[str, Any] = {
        "actor": str(player.code),
        "role": player.role,
        "unit": player.unit.id if player.unit else None,
        "dossier": opened.dossier,
        "subject": opened.person,
    }
    return a_permit(**(fields | changes))


def own_permit(sick: Sick, **changes: Any) -> Permit:
    """The permit of somebody for their own dossiers."""
    fields: dict[str, Any] = {
        "actor": str(sick.code),
        "role": Role.RE_INTEGRANT,
        "authority": Authority.OWN,
        "dossier": None,
        "subject": None,
    }
    return a_permit(**(fields | changes))


def list_permit(*units: UUID, player: Player = COMMANDER, **changes: Any) -> Permit:
    """A permit for a list of units."""
    fields: dict[str, Any] = {
        "actor": str(player.code),
        "role": player.role,
        "dossier": None,
        "subject": None,
        "units": frozenset(units),
    }
    return a_permit(**(fields | changes))


def assigned_permit(player: Player = LABOUR_EXPERT, **changes: Any) -> Permit:
    """A permit for the list of what is assigned to somebody."""
    fields: dict[str, Any] = {
        "actor": str(player.code),
        "role": player.role,
        "authority": Authority.ASSIGNMENT,
        "dossier": None,
        "subject": None,
        "on": TODAY,
    }
    return a_permit(**(fields | changes))
