"""The demo works in the background too: a worker beside the server, as the application, stopped with it.

Must never: get the owner's address or the key that seals, or stop without the demo saying so.
Read next: `demo.py`, `jobs.py`, docs/jobs.md.
"""

import os
import signal
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hervat.config.processes import Child

_NOT_FOR_THE_WORKER: Final = frozenset({"HERVAT_OWNER_DATABASE_URL", "HERVAT_JOURNAL_KEY"})
_RUN = "import sys; from hervat.cli.main import main; sys.exit(main())"
STOPPED: Final = (
    "het werk op de achtergrond is gestopt; waarom, staat hierboven. De pagina's blijven werken. "
    "Start de demo opnieuw, of doe een taak met hervat jobs once."
)


def start_worker(running: ExitStack) -> "Child":
    """Start what `hervat jobs run` does."""
    from hervat.config.home import CHECKOUT
    from hervat.config.processes import start_child

    environment = {name: value for name, value in os.environ.items() if name not in _NOT_FOR_THE_WORKER}
    worker = start_child(
        [sys.executable, "-P", "-c", _RUN, "jobs", "run", "--quiet"],
        stop_with=signal.SIGTERM,
        environment=environment,
        folder=CHECKOUT,
    )
    running.callback(worker.stop, patience=5)
    return worker
