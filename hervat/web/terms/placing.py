"""Where the labels of a timeline stand, so that none overlaps another or is crossed by a stem.

Pure and in whole units of the drawing. In the wide drawing a label flies from its stem like a flag: to
the right above the bar in the first half, to the left below it in the second. A label that begins under
another gets a lane nearer the bar, so a stem never has to pass through a label. Must never: drop a label.
Read next: `../presenters/terms_drawing.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flag:
    """A label of the wide drawing: where its stem stands, above the bar or below, in which lane."""

    x: int
    above: bool
    lane: int


def place_flags(labels: Sequence[tuple[int, int]], *, middle: int, margin: int) -> tuple[Flag, ...]:
    """Place labels given as (x of the stem, width of the text), in order of x.

    `margin` is what a label takes before its stem and keeps free after its text. A text is at most half
    as wide as the drawing, or it would leave it.

    >>> [flag.lane for flag in place_flags([(0, 100), (50, 100), (200, 90)], middle=300, margin=10)]
    [1, 0, 0]
    """
    above = [index for index, (x, _width) in enumerate(labels) if x <= middle]
    below = [index for index, (x, _width) in enumerate(labels) if x > middle]
    lanes = dict(zip(above, _lanes([labels[index] for index in above], margin), strict=True))
    mirrored = [(-labels[index][0], labels[index][1]) for index in reversed(below)]
    lanes |= dict(zip(reversed(below), _lanes(mirrored, margin), strict=True))
    return tuple(Flag(x, index in above, lanes[index]) for index, (x, _width) in enumerate(labels))


def _lanes(labels: Sequence[tuple[int, int]], margin: int) -> list[int]:
    """From the last label to the first: one above every label that begins within its span."""
    lanes: list[int] = []
    for index in range(len(labels) - 1, -1, -1):
        x, width = labels[index]
        reach = x + width + 2 * margin
        within = [
            lanes[index - later] for later in range(index + 1, len(labels)) if labels[later][0] <= reach
        ]
        lanes.append(max(within, default=-1) + 1)
    return lanes[::-1]


def place_lines(wanted: Sequence[int], *, height: int, last: int) -> tuple[int, ...]:
    """Place labels one under the other, each as near as can be to where it wants to stand.

    `wanted` is in order; labels keep `height` apart and stay between 0 and `last`, which must be room
    enough for all of them.

    >>> place_lines([0, 5, 90], height=20, last=100)
    (0, 20, 90)
    >>> place_lines([95, 99, 100], height=20, last=100)
    (60, 80, 100)
    """
    placed: list[int] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + height) if placed else max(y, 0))
    limit = last
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], limit)
        limit = placed[index] - height
    return tuple(placed)
