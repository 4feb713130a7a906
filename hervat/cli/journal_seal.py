"""`hervat journal seal`: put what was written under a signed head, once or for as long as it runs.

Runs as the owner of the database, with the private key, apart from what serves. With `--follow` it says
nothing while all goes well. Must never: go on by itself after what a person has to look into.
Read next: `../journal/actions/seal.py`, docs/journal.md.
"""

import argparse
import signal
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hervat.cli.journal_open import many, on_database, refuse

if TYPE_CHECKING:
    from hervat.journal.actions.refusals import SealError
    from hervat.journal.actions.seal import Sealed

_LONG = timedelta(minutes=10)


def add_seal(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = verbs.add_parser("seal", help="verzegel wat is geschreven, als eigenaar van de database")
    parser.add_argument(
        "--follow", action="store_true", help="blijf verzegelen: elke minuut en per duizend regels"
    )
    parser.add_argument(
        "--after-restore",
        metavar="REDEN",
        help="erken dat een oudere back-up is teruggezet, en waarom; dat gaat naar buiten, dus zonder namen",
    )
    parser.set_defaults(run=on_database("owner", _seal))


def _seal(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from hervat.journal.actions.seal import seal

    if settings.JOURNAL_SIGNER is None:
        return refuse("zonder HERVAT_JOURNAL_KEY is er niets om mee te ondertekenen. Zie docs/settings.md.")
    given: dict[str, Any] = {
        "signer": settings.JOURNAL_SIGNER,
        "verifiers": settings.JOURNAL_PUBLIC_KEYS,
        "folders": settings.JOURNAL_CHECKPOINTS,
        "after_restore": arguments.after_restore,
    }
    if arguments.follow:
        return _follow(given)
    sealed = seal(**given, at=datetime.now(UTC))
    print(f"Verzegeld: {many(sealed.lines, 'regel', 'regels')}; het logboek heeft er {sealed.size}.")
    troubles = _troubles(sealed, datetime.now(UTC))
    for trouble in troubles:
        refuse(trouble)
    return 1 if sealed.unwritten else 0


def _follow(given: dict[str, Any]) -> int:
    """Seal until Ctrl-C or SIGTERM."""
    from hervat.journal.actions.seal import follow

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    follow(**given, now=lambda: datetime.now(UTC), wait=stop.wait, report=Teller())
    return 0


class Teller:
    """Tells of trouble when it comes and when it is over, and not again every minute."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def __call__(self, news: "Sealed | SealError") -> None:
        troubles = [str(news)] if isinstance(news, Exception) else _troubles(news, datetime.now(UTC))
        for trouble in troubles:
            if trouble not in self._told:
                refuse(trouble)
        if self._told and not troubles:
            print("hervat journal: het verzegelen gaat weer goed.", file=sys.stderr, flush=True)
        self._told = troubles


def _troubles(sealed: "Sealed", now: datetime) -> list[str]:
    """Say what somebody should look at."""
    lost = [
        f"na het terugzetten van een back-up ontbreken regels: een controlepunt kent er {one.size}. "
        "Dat staat nu ondertekend in het logboek."
        for one in sealed.lost
    ]
    waiting = []
    if sealed.oldest is not None and now - sealed.oldest > _LONG:
        waiting = [
            f"regels wachten sinds {sealed.oldest:%d-%m-%Y %H.%M} UTC op een transactie die nog loopt. "
            "Zoek haar op in pg_stat_activity en beëindig haar."
        ]
    return [*lost, *waiting, *map(str, sealed.unwritten)]
