"""How an unexpected error is written to the server's log: the place, never the values.

The message of an exception may quote what a person typed or what a row holds ("Key
(email)=(...) already exists"). So a line here carries the exception's type and the code
it passed through, and nothing of its message. Read next: `settings.py`, LOGGING.
"""

import logging
import traceback
from types import TracebackType

_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class FramesOnly(logging.Formatter):
    """Formats an exception as its type and its frames, without its message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: _Caught) -> str:  # noqa: N802 - the name logging calls
        kind, _, trace = ei
        frames = "".join(traceback.format_list(traceback.extract_tb(trace))).rstrip()
        name = kind.__name__ if kind else "onbekend"
        return f"{frames}\n{name} (de melding zelf staat hier niet: die kan gegevens bevatten)"
