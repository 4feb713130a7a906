"""The page with open points: every one, with who decides and what happens meanwhile."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from hervat.register import in_force

POINTS = "/register/open-points/"


def codes_on(page: str) -> list[str]:
    return re.findall(r'<article class="card point" id="([\w-]+)"', page)


def test_every_open_point_is_told_in_full(visitor: Client) -> None:
    page = visitor.get(POINTS).content.decode()
    points = in_force.history().latest.open_points

    assert set(codes_on(page)) == set(points)
    for point in points.values():
        told = (point.title, point.what, point.reading, point.meanwhile_text, point.owner, point.source)
        assert [text for text in told if escape(text) not in page] == [], point.id


def test_an_acceptance_names_who_when_why_and_that_it_is_of_a_demonstration(
    visitor: Client, demo_visitor: Client
) -> None:
    accepted = in_force.acceptances(demo=True)[0]
    plain = visitor.get(POINTS, {"stand": "aanvaard"}).content.decode()
    demo = demo_visitor.get(POINTS, {"stand": "aanvaard"}).content.decode()

    assert codes_on(plain) == []
    assert accepted.open_point in codes_on(demo)
    assert escape(accepted.why) in demo
    assert "1 nov 2026" in demo
    assert demo.count(">demonstratie</span>") == len(codes_on(demo))


def test_filters_narrow_and_the_counts_say_how_far(demo_visitor: Client) -> None:
    every = codes_on(demo_visitor.get(POINTS).content.decode())
    still = codes_on(demo_visitor.get(POINTS, {"stand": "open"}).content.decode())
    accepted = codes_on(demo_visitor.get(POINTS, {"stand": "aanvaard"}).content.decode())
    keep = codes_on(demo_visitor.get(POINTS, {"intussen": "niet vernietigen"}).content.decode())

    assert sorted(still + accepted) == sorted(every)
    assert every == still + accepted, "what is open comes first"
    assert set(keep) < set(every)


def test_the_one_who_must_decide_can_be_chosen(visitor: Client) -> None:
    point = in_force.history().latest.open_points[next(iter(in_force.history().latest.open_points))]
    page = visitor.get(POINTS, {"wie": point.owner}).content.decode()
    shown = [in_force.history().latest.open_points[code] for code in codes_on(page)]

    assert shown
    assert {one.owner for one in shown} == {point.owner}


def test_no_point_left_is_said(visitor: Client) -> None:
    page = visitor.get(POINTS, {"stand": "aanvaard"}).content.decode()

    assert "Met deze filters blijft er geen punt over." in page


@pytest.mark.parametrize("values", [{"stand": "misschien"}, {"intussen": "hopen"}, {"wie": "niemand"}])
def test_an_unknown_filter_value_is_refused(visitor: Client, values: dict[str, str]) -> None:
    assert visitor.get(POINTS, values).status_code == 400
    assert visitor.get(POINTS, dict.fromkeys(values, "")).status_code == 200
