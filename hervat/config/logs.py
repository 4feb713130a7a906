"""How an unexpected error is written to the server's log: the place, never the values.

The message of an exception may quote what a person typed or what a row holds ("Key
(email)=(...) already exists"). So a line here carries the exception's type and the code
it passed through, and nothing of its message; nor where Django makes a line out of that message, as it
does of a request that it finds suspicious. Read next: `settings.py`, LOGGING.
"""

import copy
import logging
import traceback
from types import TracebackType

_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class FramesOnly(logging.Formatter):
    """Formats an exception as its type and its frames, without its message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        if error is None or not str(error) or str(error) not in record.getMessage():
            return super().format(record)
        without = copy.copy(record)
        without.msg, without.args = type(error).__name__, ()
        return super().format(without)

    def formatException(self, ei: _Caught) -> str:  # noqa: N802 - the name logging calls
        kind, _, trace = ei
        frames = "".join(traceback.format_list(traceback.extract_tb(trace))).rstrip()
        name = kind.__name__ if kind else "onbekend"
        return f"{frames}\n{name} (de melding zelf staat hier niet: die kan gegevens bevatten)"
