"""Draws the code that an app reads, as one path: no picture from elsewhere, no data in an address.

Must never: be kept; it holds the secret. Read next: `views.py`.
"""

from dataclasses import dataclass, field

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode


@dataclass(frozen=True, slots=True)
class Drawing:
    """A square of `size` units, and the dark ones among them as a path."""

    size: int
    path: str = field(repr=False)


def draw_code(text: str) -> Drawing:
    """Return the drawing of a text, with the white border that readers need."""
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    runs = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return Drawing(size=len(rows), path="".join(runs))
