"""Labels of the timeline never overlap, never leave the drawing, and no stem runs through one."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hervat.law.timeline import timeline
from hervat.web.presenters.terms import present_case
from hervat.web.presenters.terms_drawing import (
    LANE,
    LETTER,
    LINE,
    TALL,
    TEXT_AT,
    WIDE,
    Drawing,
    Mark,
    draw_tall,
    draw_wide,
)
from hervat.web.terms.placing import place_flags, place_lines
from tests.law.situations import DAYS, situations

WIDTH, MARGIN = 1000, 12
Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""
MANY = settings(max_examples=3 * settings().max_examples)


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def boxes(labels: list[tuple[int, int]]) -> list[Box]:
    """The boxes of flags as they are drawn, around an axis at height nought."""
    found = []
    for (x, width), flag in zip(labels, place_flags(labels, middle=WIDTH // 2, margin=MARGIN), strict=True):
        left, right = (x - 9, x + width) if flag.above else (x - width, x + 9)
        top = -LANE * (flag.lane + 1) if flag.above else LANE * flag.lane
        found.append((left, top + 2, right, top + LANE - 2))
    return found


labels_of_a_drawing = st.lists(st.tuples(st.integers(14, WIDTH - 14), st.integers(10, 470)), max_size=25).map(
    sorted
)


@given(labels_of_a_drawing)
@MANY
def test_flags_never_overlap_nor_leave_the_drawing(labels: list[tuple[int, int]]) -> None:
    found = boxes(labels)

    assert not any(overlap(one, other) for one, other in combinations(found, 2))
    assert all(left >= 0 and right <= WIDTH for left, _top, right, _bottom in found)


@given(labels_of_a_drawing)
@MANY
def test_no_stem_runs_through_the_text_of_another(labels: list[tuple[int, int]]) -> None:
    flags = place_flags(labels, middle=WIDTH // 2, margin=MARGIN)
    for index, (flag, (_, _width)) in enumerate(zip(flags, labels, strict=True)):
        for other, (x, width) in (
            list(zip(flags, labels, strict=True))[:index] + list(zip(flags, labels, strict=True))[index + 1 :]
        ):
            if other.above is not flag.above or other.lane >= flag.lane:
                continue
            text = (x + TEXT_AT, x + width) if flag.above else (x - width, x - TEXT_AT)
            assert not text[0] < flag.x < text[1]


def test_labels_that_stand_apart_share_a_lane() -> None:
    assert [flag.lane for flag in place_flags([(20, 50), (120, 50), (220, 50)], middle=500, margin=12)] == [
        0,
        0,
        0,
    ]
    assert [flag.lane for flag in place_flags([(20, 200), (120, 50)], middle=500, margin=12)] == [1, 0]


@given(st.lists(st.integers(0, 900), max_size=20).map(sorted))
@MANY
def test_lines_keep_their_order_their_distance_and_the_drawing(wanted: list[int]) -> None:
    placed = place_lines(wanted, height=42, last=900)

    assert all(later - earlier >= 42 for earlier, later in pairwise(placed))
    assert all(0 <= y <= 900 for y in placed)


def test_a_line_that_has_room_stands_where_it_wants() -> None:
    assert place_lines([10, 100, 300], height=42, last=400) == (10, 100, 300)


def label_box(mark: Mark) -> Box:
    width = TEXT_AT + round((len(mark.name) + 1 + len(mark.rest)) * LETTER)
    left, right = (-9, width) if mark.anchor == "start" else (-width, 9)
    x = mark.text_x - TEXT_AT if mark.anchor == "start" else mark.text_x + TEXT_AT
    return (x + left, mark.y - 11, x + right, mark.y + 11)


def line_box(mark: Mark) -> Box:
    return (mark.text_x, mark.y - LINE // 2, TALL, mark.y + LINE // 2)


def inside(drawing: Drawing, box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= drawing.width and box[3] <= drawing.height


@given(situations(), DAYS)
@pytest.mark.thorough
@settings(max_examples=150)
def test_every_timeline_of_the_law_can_be_drawn(situation, on) -> None:  # type: ignore[no-untyped-def]
    case = present_case(timeline(situation, on=on))
    wide, tall = draw_wide(case, "x"), draw_tall(case, "x")

    for drawing, box_of in ((wide, label_box), (tall, line_box)):
        found = [box_of(mark) for mark in drawing.marks]
        assert len(found) >= len(case.lines)
        assert not any(overlap(one, other) for one, other in combinations(found, 2))
        assert all(inside(drawing, box) for box in found)
        assert all(piece.x >= 0 and piece.x + piece.width <= drawing.width for piece in drawing.pieces)
        assert all(piece.width >= 0 and piece.height >= 0 for piece in drawing.pieces)


def test_overlapping_boxes_are_found() -> None:
    assert overlap((0, 0, 10, 10), (9, 9, 20, 20))
    assert not overlap((0, 0, 10, 10), (10, 0, 20, 10))
    assert WIDE > TALL
    with pytest.raises(AssertionError):
        assert not any(overlap(one, other) for one, other in combinations([(0, 0, 5, 5), (1, 1, 4, 4)], 2))
