"""The timeline as a drawing: whole numbers and words that a template only has to print as SVG.

Two drawings of the same lines: a wide one, and a tall one for a narrow screen. Must never: draw
something that the table beside it does not say. Read next: `hervat/web/terms/placing.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hervat.web.presenters.terms import CaseView, Line
from hervat.web.presenters.terms_words import Shape, legend
from hervat.web.presenters.words import day_text
from hervat.web.terms.placing import Flag, place_flags, place_lines

WIDE, EDGE = 1100, 14
LANE, STEM, BAR = 25, 14, 30
TALL, LINE, LEAST = 300, 42, 560
TEXT_AT = 13
LETTER = 7.9
"""How wide a letter is at most on average, at the size of the style sheet; a test measures it."""

SHAPES = {
    Shape.DONE: ("m-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0", "m-4 0l3 3l5-6"),
    Shape.DONE_LATE: ("m0-9l9 9l-9 9l-9-9z", "m-3 0l2 2l4-4"),
    Shape.PASSED: ("m0-9l9 16h-18z", "m0-3v5m0 2.6v.1"),
    Shape.SOON: ("m-7-7h14v14h-14z", "m0-4v4h4"),
    Shape.OPEN: ("m-8 0a8 8 0 1 0 16 0a8 8 0 1 0-16 0", "m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0"),
    Shape.LATER: ("m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0", ""),
    Shape.NONE: ("m-6 0h12", ""),
    Shape.END: ("m-3-8h6v16h-6z", ""),
    Shape.TODAY: ("m-8-6h16l-8 13z", ""),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A label with its mark: the outline of its shape, the sign in it, the stem, and two texts."""

    shape: str
    outline: str
    sign: str
    stem: str
    text_x: int
    y: int
    base: int
    anchor: str
    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the bar."""

    css: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A week written in the bar."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing of a timeline."""

    code: str
    css: str
    width: int
    height: int
    title: str
    about: str
    pieces: tuple[Piece, ...]
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """A shape and what it means."""

    shape: str
    outline: str
    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    css: str
    first: int
    until: int


@dataclass(frozen=True, slots=True)
class _Label:
    day: date
    shape: Shape
    name: str
    rest: str


def draw_wide(case: CaseView, code: str) -> Drawing:
    """Draw a timeline from left to right."""
    labels, scale = _labels(case), _Scale(case.start, last_day(case), WIDE - 2 * EDGE)
    spots = [(EDGE + scale.at(one.day), TEXT_AT + _width(one)) for one in labels]
    flags = place_flags(spots, middle=WIDE // 2, margin=12)
    above, below = (
        1 + max((one.lane for one in flags if one.above is side), default=-1) for side in (True, False)
    )
    top = above * LANE + STEM
    return Drawing(
        code=f"{code}-breed",
        css="wide-line",
        width=WIDE,
        height=top + BAR + STEM + below * LANE,
        title=_title(case),
        about=_about(case),
        pieces=tuple(_piece_across(one, top) for one in _stretches(case, scale)),
        ticks=tuple(_ticks(case, scale, top + BAR // 2 + 5)),
        marks=tuple(_flag(label, flag, top) for label, flag in zip(labels, flags, strict=True)),
    )


def draw_tall(case: CaseView, code: str, until: date | None = None) -> Drawing:
    """Draw a timeline from top to bottom; `until` makes two of them comparable."""
    labels = _labels(case)
    height = max(LEAST, len(labels) * LINE + EDGE)
    scale = _Scale(case.start, until or last_day(case), height - 2 * EDGE)
    wanted = [scale.at(one.day) for one in labels]
    lines = place_lines(wanted, height=LINE, last=height - LINE)
    return Drawing(
        code=f"{code}-smal",
        css="tall-line",
        width=TALL,
        height=height,
        title=_title(case),
        about=_about(case),
        pieces=tuple(_piece_down(one) for one in _stretches(case, scale)),
        ticks=(),
        marks=tuple(
            _line(label, EDGE + true, line + LINE // 2)
            for label, true, line in zip(labels, wanted, lines, strict=True)
        ),
    )


def last_day(case: CaseView) -> date:
    """Return the last day that a drawing must hold."""
    return max(line.day for line in case.lines)


def keys(case: CaseView) -> tuple[Key, ...]:
    """Return the shapes of a drawing with what they mean."""
    shapes = {label.shape for label in _labels(case)}
    return tuple(
        Key(shape.value, f"M11 11{SHAPES[shape][0]}", _sign(shape, 11, 11), text)
        for shape, text in legend(shapes)
    )


class _Scale:
    """Turns a day into a place on a bar of some length."""

    def __init__(self, start: date, until: date, length: int) -> None:
        self._start = start
        self._days = max((until - start).days, 1)
        self._length = length

    def at(self, day: date) -> int:
        passed = min(max((day - self._start).days, 0), self._days)
        return round(passed * self._length / self._days)


def _labels(case: CaseView) -> list[_Label]:
    found = [_label(line) for line in case.lines]
    if case.start <= case.on_day <= last_day(case):
        found.append(_Label(case.on_day, Shape.TODAY, _("Peildatum"), day_text(case.on_day)))
    return sorted(found, key=lambda one: one.day)


def _label(line: Line) -> _Label:
    rest = " · ".join(part for part in (day_text(line.day), line.look.brief) if part)
    return _Label(line.day, line.look.shape, line.short, rest)


def _width(label: _Label) -> int:
    return round((len(label.name) + 1 + len(label.rest)) * LETTER)


def _flag(label: _Label, flag: Flag, top: int) -> Mark:
    if flag.above:
        y = top - STEM - LANE // 2 - flag.lane * LANE
        return _mark(label, flag.x, y, flag.x + TEXT_AT, "start", f"M{flag.x} {y}V{top + 4}")
    y = top + BAR + STEM + LANE // 2 + flag.lane * LANE
    return _mark(label, flag.x, y, flag.x - TEXT_AT, "end", f"M{flag.x} {y}V{top + BAR - 4}")


def _line(label: _Label, true: int, y: int) -> Mark:
    return _mark(label, 44, y, 44 + TEXT_AT, "start", f"M18 {true}L34 {y}H44")


def _mark(label: _Label, x: int, y: int, text_x: int, anchor: str, stem: str) -> Mark:
    return Mark(
        shape=label.shape.value,
        outline=f"M{x} {y}{SHAPES[label.shape][0]}",
        sign=_sign(label.shape, x, y),
        stem=stem,
        text_x=text_x,
        y=y,
        base=y + 5,
        anchor=anchor,
        name=label.name,
        rest=label.rest,
    )


def _sign(shape: Shape, x: int, y: int) -> str:
    return f"M{x} {y}{SHAPES[shape][1]}" if SHAPES[shape][1] else ""


def _stretches(case: CaseView, scale: _Scale) -> Iterator[_Stretch]:
    """The bar: all of it, what has passed, what did not count, and windows in which something is due."""
    yield _Stretch("bar-all", 0, scale.at(last_day(case)))
    yield _Stretch("bar-past", 0, scale.at(case.on_day))
    for pause in case.pauses:
        yield _Stretch(
            "bar-pause", scale.at(date.fromordinal(pause.start)), scale.at(date.fromordinal(pause.until))
        )
    for line in case.lines:
        if line.opens_on is not None:
            yield _Stretch("bar-window", scale.at(line.opens_on), scale.at(line.day))


def _piece_across(one: _Stretch, top: int) -> Piece:
    thin = one.css == "bar-window"
    return Piece(one.css, EDGE + one.first, top, one.until - one.first, 5 if thin else BAR)


def _piece_down(one: _Stretch) -> Piece:
    thin = one.css == "bar-window"
    return Piece(one.css, 15 if thin else 6, EDGE + one.first, 5 if thin else 14, one.until - one.first)


def _ticks(case: CaseView, scale: _Scale, y: int) -> Iterator[Tick]:
    """Every thirteen weeks, but not where the reference date stands."""
    for week, day in case.ticks:
        if abs(scale.at(day) - scale.at(case.on_day)) > 12:
            yield Tick(EDGE + scale.at(day), y, str(week))


def _title(case: CaseView) -> str:
    return _("Tijdlijn vanaf %(first)s") % {"first": case.first_day}


def _about(case: CaseView) -> str:
    words = {"steps": len(case.lines), "passed": len(case.passed), "on": case.on}
    text = _("%(steps)s dagen op een lijn, zoals zij staan op %(on)s. %(passed)s zijn voorbij.") % words
    if case.next is not None:
        text += " " + _("De eerste die komt: %(name)s, %(day)s.") % {
            "name": case.next.short,
            "day": day_text(case.next.day),
        }
    return text + " " + _("Dezelfde gegevens staan in de tabel.")
