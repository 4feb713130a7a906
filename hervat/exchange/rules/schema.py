"""The JSON Schema of a message, written from the types: what senders get, and what the tests hold us to.

The file beside it is what was released; a test says when it is no longer what the types say. Must never:
change what version 1 accepts; a message that may say more is version 2.
Read next: `messages.py`, `schema/messages.v1.json`.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from hervat.exchange.rules.messages import AnyMessage

RELEASED = Path(__file__).parent / "schema" / "messages.v1.json"
ADAPTER: TypeAdapter[AnyMessage] = TypeAdapter(AnyMessage)
_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Een bericht van het personeelssysteem aan Hervat, versie 1",
    "description": (
        "Een bericht per regel (JSON Lines). Onbekende velden worden geweigerd, met hun naam. "
        "'x-register-item' noemt het gegeven van het register."
    ),
}


def schema() -> dict[str, Any]:
    """Return the schema of one message."""
    made: dict[str, Any] = _without_names(ADAPTER.json_schema())
    return _HEAD | made


def written() -> str:
    """Return the schema as it stands in the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _without_names(node: Any) -> Any:
    """Leave out the titles that pydantic makes of the names of members: they say nothing."""
    if isinstance(node, list):
        return [_without_names(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without_names(part) for key, part in node.items() if key != "title" or not isinstance(part, str)
    }
