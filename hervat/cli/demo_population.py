"""Fills the units of a demo with people while its pages are already there: by messages of a personnel system.

Every unit has a commander, who recorded most of what was done and is behind on some of it. Each message is a
transaction of its own, so a demo that is stopped goes on where it was. Must never: write past an action, hold
up the first page, or name somebody who exists. Read next: `demo_filling.py`, `demo_feed.py`.
"""

import sys
import threading
from pathlib import Path
from typing import Final

_DONE: Final = "populated"


def start_population(home: Path) -> None:
    """Begin to fill the demo beside what already runs; when it was done before, there is nothing to do."""
    if not (home / _DONE).exists():
        threading.Thread(target=_populate, args=(home,), daemon=True, name="bevolking").start()


def _populate(home: Path) -> None:
    from django.db import DatabaseError, connections

    from hervat.cli.administering import today
    from hervat.cli.demo_filling import fill_units

    try:
        fill_units(today())
        (home / _DONE).touch()
    except (DatabaseError, RuntimeError) as error:
        # The demo runs on with whom it has; whoever started it hears why there are not more.
        print(f"hervat demo: de eenheden zijn niet gevuld: {error}", file=sys.stderr, flush=True)
    finally:
        connections.close_all()
