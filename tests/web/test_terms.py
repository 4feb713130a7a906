"""The calculator: dates as the law gives them, errors at their field, and nothing that stays behind."""

import html
import logging
import re
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hervat.web.terms import fields
from hervat.web.terms.fields import MOST_SPELLS, Do
from hervat.web.terms.reading import read_day

from .inventory import ANSWERS, Sent
from .test_pages import CSP, Page

PAGE = "/termijnen/"
SHEET = Path(__file__).resolve().parents[2] / "hervat" / "web" / "static" / "hervat"
EVERY_ANSWER = pytest.mark.parametrize("sent", ANSWERS, ids=lambda sent: sent.name)


def rows(page: str) -> dict[str, str]:
    """Return the text of each row of the table of steps by its id."""
    found = re.findall(r'<tr id="(\w+)">(.*?)</tr>', page, re.DOTALL)
    return {code: " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()) for code, row in found}


def drawn(page: str) -> list[str]:
    """Return the labels of every drawing."""
    found = re.findall(r'<text class="label".*?</text>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def sent(client: Client, **values: str) -> str:
    return client.post(
        PAGE, {name.replace("__", "-"): value for name, value in values.items()}
    ).content.decode()


def test_the_worked_example_of_an_unbroken_case(visitor: Client) -> None:
    found = rows(sent(visitor, ziek__1="2023-01-02", peildatum="2024-01-10"))

    for code, day in {
        "problem_analysis": "12 feb 2023",
        "action_plan": "26 feb 2023",
        "week_42_notification": "23 okt 2023",
        "first_year_evaluation": "13 nov 2023 – 31 dec 2023",
        "uwv_notice": "15 sep 2024",
        "reintegration_report": "29 sep 2024",
        "wia_application": "13 okt 2024",
        "reintegration_review": "17 nov 2024",
        "waiting_period_end": "29 dec 2024 eerste dag erna: 30 dec 2024",
    }.items():
        assert day in found[code]


@pytest.mark.parametrize(
    ("relapse", "first", "week_42", "wia"),
    [
        ("2023-05-28", "2 jan 2023", "19 nov 2023", "26 jan 2025"),
        ("2023-05-29", "29 mei 2023", "18 mrt 2024", "26 mei 2025"),
    ],
)
def test_a_gap_of_27_days_merges_and_of_28_does_not(
    visitor: Client, relapse: str, first: str, week_42: str, wia: str
) -> None:
    page = sent(visitor, ziek__1="2023-01-02", beter__1="2023-05-01", ziek__2=relapse, peildatum="2024-01-10")

    assert f"<b>{first}</b>" in page
    assert week_42 in rows(page)["week_42_notification"]
    assert re.search(rf"kan ingaan op</dt>\s*<dd>\s*<b>{wia}</b>", page)


def test_leave_with_the_same_cause_moves_everything(visitor: Client) -> None:
    page = sent(
        visitor,
        ziek__1="2023-01-02",
        beter__1="2023-05-01",
        verlof__van__1="2023-05-01",
        verlof__tot__1="2023-08-20",
        verlof__oorzaak__1="yes",
        ziek__2="2023-08-21",
        peildatum="2024-01-10",
    )

    assert "12 feb 2024" in rows(page)["week_42_notification"]
    assert "2 feb 2025" in rows(page)["wia_application"]
    assert "+112 dagen: verlof van 1 mei tot en met 20 augustus 2023, telt niet mee" in page
    assert "Dit moet een mens beslissen" not in page


def test_a_doubt_shows_both_outcomes(visitor: Client) -> None:
    doubt = next(one for one in ANSWERS if one.name == "doubt")
    page = visitor.post(PAGE, doubt.values).content.decode()

    assert "Dit moet een mens beslissen" in page
    assert page.count('class="outcome-card"') == 2
    assert {"21 apr 2025", "18 aug 2025"} <= set(re.findall(r"<dd>\s*(\d+ \w+ \d+)\s*</dd>", page))


def test_the_drawing_and_the_table_say_the_same(visitor: Client) -> None:
    page = sent(visitor, ziek__1="2023-01-02", peildatum="2024-01-10")
    labels = drawn(page)

    assert len(labels) == 2 * (len(rows(page)) + 1)
    assert any("42e-weeksmelding 23 okt 2023 · voorbij" in label for label in labels)
    for row in rows(page).values():
        day = re.findall(r"\d{1,2} [a-z]{3} \d{4}", row.partition("eerste dag erna")[0])
        assert any(any(one in label for one in day) for label in labels)


def test_a_date_that_passed_is_not_called_late_unless_it_is_known(visitor: Client) -> None:
    unknown = rows(sent(visitor, ziek__1="2023-01-02", peildatum="2024-01-10"))["action_plan"]
    late = rows(sent(visitor, ziek__1="2023-01-02", plan_agreed_on="2023-03-10", peildatum="2024-01-10"))[
        "action_plan"
    ]
    in_time = rows(sent(visitor, ziek__1="2023-01-02", plan_agreed_on="2023-02-20", peildatum="2024-01-10"))[
        "action_plan"
    ]

    assert "datum voorbij" in unknown
    assert "te laat gedaan 11 dagen" in late
    assert "op tijd gedaan" in in_time


def test_what_if_shows_what_moves_and_why(visitor: Client) -> None:
    what_if = next(one for one in ANSWERS if one.name == "what-if")
    page = visitor.post(PAGE, what_if.values).content.decode()

    assert page.count("27 dagen later") >= 5
    assert "+27 dagen: hersteld van 1 tot 28 mei 2023, samengeteld want korter dan 28 dagen" in page
    assert page.count('<svg class="tall-line"') == 3
    same = visitor.post(PAGE, what_if.values | {"w-beter-1": "", "w-ziek-2": ""}).content.decode()
    assert "Er verschuift niets." in same


def test_a_wrong_second_set_keeps_the_first_result(visitor: Client) -> None:
    answer = visitor.post(
        PAGE, {"doe": "wat-als", "ziek-1": "2023-01-02", "w-ziek-1": "2023-01-02", "w-beter-1": "2022-01-01"}
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'id="uitkomst"' in page
    assert 'id="w-beter-1-fout"' in page
    assert 'href="#w-beter-1"' in page


@pytest.mark.parametrize(
    ("values", "field", "text"),
    [
        ({"ziek-1": ""}, "ziek-1", "Vul de eerste ziektedag in."),
        ({"ziek-1": "31-2-2023"}, "ziek-1", "geen bestaande datum"),
        ({"ziek-1": "gisteren"}, "ziek-1", "geen bestaande datum"),
        ({"ziek-1": "2014-12-31"}, "ziek-1", "Kies een dag van 1-1-2015"),
        ({"ziek-1": "2100-01-01"}, "ziek-1", "Kies een dag van 1-1-2015"),
        ({"ziek-1": "2-1-2023", "beter-1": "2-1-2023"}, "beter-1", "op of voor de eerste ziektedag"),
        ({"ziek-1": "2-1-2023", "ziek-2": "2-3-2023"}, "beter-1", "Hierna volgt nog een periode"),
        (
            {"ziek-1": "2-1-2023", "beter-1": "2-3-2023", "ziek-2": "1-3-2023"},
            "ziek-2",
            "begint voor een andere is geëindigd",
        ),
        ({"ziek-1": "2-1-2023", "verlof-van-1": "2-3-2023"}, "verlof-tot-1", "of geen van beide"),
        (
            {"ziek-1": "2-1-2023", "verlof-van-1": "2-3-2023", "verlof-tot-1": "1-3-2023"},
            "verlof-tot-1",
            "eindigt voor het begint",
        ),
        ({"ziek-1": "2-1-2023", "verlof-soort-1": "vakantie"}, "verlof-soort-1", "Deze keuze bestaat niet"),
        ({"ziek-1": "2-1-2023", "sanction_weeks": "26"}, "sanction-decided-on", "Vul ook de dag in"),
        ({"ziek-1": "2-1-2023", "sanction_weeks": "53"}, "sanction-weeks", "1 tot en met 52"),
        (
            {"ziek-1": "2-1-2023", "uwv_notice_not_sent": "ja", "uwv_notice_received_on": "2-9-2024"},
            "uwv-notice-received-on",
            "Kies een van beide",
        ),
        ({"ziek-1": "2-1-2023", "regels": "X"}, "regels", "Deze keuze bestaat niet"),
        ({"ziek-1": "2-1-2023", "peildatum": "morgen"}, "peildatum", "geen bestaande datum"),
    ],
)
def test_an_error_stands_at_its_field_and_in_the_summary(
    visitor: Client, values: dict[str, str], field: str, text: str
) -> None:
    answer = visitor.post(PAGE, values)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert re.search(rf'<p class="fault" id="{field}-fout">.*?{text}', page, re.DOTALL)
    assert re.search(rf'<a href="#{field}">.*?{text}', page, re.DOTALL)
    assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', page)
    assert (
        "<title>\n      \n  Fout: Termijnen berekenen" in page
        or "Fout: Termijnen berekenen" in Page(page).title
    )
    assert 'id="uitkomst"' not in page


def test_what_was_typed_stays(visitor: Client) -> None:
    page = sent(visitor, ziek__1="31-2-2023", beter__1="2-3-2023", plan_agreed_on="2023-03-01")
    inputs = {str(one.get("name")): one for one in Page(page).all("input")}

    assert (inputs["ziek-1"]["value"], inputs["ziek-1"]["type"]) == ("31-2-2023", "text")
    assert (inputs["beter-1"]["value"], inputs["beter-1"]["type"]) == ("2023-03-02", "date")
    assert inputs["plan_agreed_on"]["value"] == "2023-03-01"


def test_a_row_is_added_without_losing_anything_and_not_for_ever(visitor: Client) -> None:
    page = sent(visitor, doe="periode", ziek__1="x", beter__1="2023-03-02")
    inputs = {str(one.get("name")): one for one in Page(page).all("input")}

    assert (inputs["ziek-1"]["value"], inputs["beter-1"]["value"]) == ("x", "2023-03-02")
    assert "ziek-2" in inputs
    assert "ziek-3" not in inputs
    assert "fault" not in page
    many = {f"ziek-{row}": "" for row in range(1, 90)}
    most = visitor.post(PAGE, {"doe": "periode", **many}).content.decode()
    assert len(re.findall(r'name="ziek-\d+"', most)) == MOST_SPELLS
    assert 'value="periode"' not in most


@pytest.mark.parametrize("text", ["2-1-2023", "02-01-2023", "2/1/2023", "2023-01-02"])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == date(2023, 1, 2)


@pytest.mark.parametrize(
    "text", ["", "2023-1-2", "1-2-23", "2023-02-30", "٢-1-2023", "2-1-2023 ", "0-0-0000"]
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert read_day(text) is None


def test_the_reference_date_is_today_in_the_netherlands(visitor: Client) -> None:
    with time_machine.travel("2024-01-09T23:30:00Z", tick=False):
        page = sent(visitor, ziek__1="2023-01-02")
        form = visitor.get(PAGE).content.decode()

    assert "tot en met 10 jan 2024" in page
    assert 'value="2024-01-10"' in form


@EVERY_ANSWER
def test_nothing_stays_behind(visitor: Client, caplog: pytest.LogCaptureFixture, sent: Sent) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = visitor.post(PAGE, sent.values)

    assert answer.status_code == sent.status
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Location" not in answer.headers
    assert not any(value in caplog.text for value in sent.values.values() if len(value) > 5)
    page = Page(answer.content.decode())
    addresses = [
        str(one.get(name))
        for tag in ("a", "form", "button")
        for one in page.all(tag)
        for name in ("href", "action", "formaction")
    ]
    assert not any("2023" in address or "?" in address for address in addresses)


@EVERY_ANSWER
def test_an_answer_keeps_to_the_policy_and_has_no_style_or_script_inside(visitor: Client, sent: Sent) -> None:
    answer = visitor.post(PAGE, sent.values)
    page = Page(answer.content.decode())
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    ids = [attrs["id"] for _tag, attrs in page.tags if "id" in attrs]

    assert policy == CSP
    assert page.all("style") == page.all("script") == []
    assert not [
        name for _tag, attrs in page.tags for name in attrs if name == "style" or name.startswith("on")
    ]
    assert sorted(ids) == sorted(set(ids))
    assert len(page.all("h1")) == 1


def test_the_form_needs_no_token_and_asks_who_nobody_is(visitor: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(PAGE)

    assert not page.cookies
    assert strict.post(PAGE, {"ziek-1": "2-1-2023"}).status_code == 200
    assert "csrfmiddlewaretoken" not in page.content.decode()
    assert "U hoeft geen naam of reden in te vullen; er wordt niets bewaard." in page.content.decode()


def test_an_address_with_dates_computes_nothing(visitor: Client) -> None:
    page = visitor.get(PAGE, {"ziek-1": "2023-01-02", "doe": "bereken"}).content.decode()

    assert 'id="uitkomst"' not in page
    assert re.search(r'id="ziek-1"\s+name="ziek-1"\s+value=""', page)
    for method in (visitor.put, visitor.patch, visitor.delete):
        assert method(PAGE).status_code == 405


def test_hostile_input_comes_back_as_text(visitor: Client) -> None:
    hostile = "\"><script>alert('x')</script>"
    page = sent(visitor, ziek__1=hostile, regels=hostile, verlof__soort__1=hostile, sanction_weeks=hostile)

    assert "<script" not in page
    assert html.escape(hostile[:20]) in page
    assert visitor.post(PAGE, {"ziek-1": "9" * 100_000}).status_code == 422
    assert visitor.post(PAGE, {"ziek-1": "2023-01-02", "doe": hostile, "iets": hostile}).status_code == 200
    assert visitor.post(PAGE, {"doe": "wat-als-verlof"}).status_code == 422


@given(
    st.dictionaries(
        st.sampled_from([*fields.names(3, 2), *(f"w-{name}" for name in fields.names(2, 1)), "doe"]),
        st.one_of(
            st.dates(date(2014, 6, 1), date(2101, 1, 1)).map(date.isoformat),
            st.sampled_from([*Do, "yes", "no", "BW", "26", "ja", "31-2-2023", ""]),
            st.text(max_size=60),
        ),
        max_size=30,
    )
)
@pytest.mark.thorough
@hypothesis_settings(max_examples=200)
def test_whatever_is_sent_there_is_an_answer(values: dict[str, str]) -> None:
    answer = Client().post(PAGE, values)

    assert answer.status_code in {200, 422}
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("on", ["2022-12-01", "2023-01-02", "2024-12-29", "2031-01-01"])
def test_any_reference_date_has_an_answer(visitor: Client, on: str) -> None:
    page = sent(visitor, ziek__1="2023-01-02", peildatum=on)

    assert len(rows(page)) == 14
    assert re.search(r"Week (1|104) van 104|ligt voor de eerste ziektedag\n", page)
    assert ("Peildatum" in str(drawn(page))) is (on in {"2023-01-02", "2024-12-29"})


def test_a_form_of_ten_thousand_fields_is_refused(visitor: Client) -> None:
    visitor.raise_request_exception = False
    answer = visitor.post(PAGE, {f"ziek-{number}": "2023-01-02" for number in range(10_000)})

    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS < 10_000
    assert answer.status_code == 400
    assert "2023-01-02" not in answer.content.decode()


def test_the_english_page_is_english_and_the_reasons_stay_dutch(visitor: Client) -> None:
    visitor.cookies["hervat_taal"] = "en"
    page = sent(visitor, ziek__1="2023-01-02", peildatum="2024-01-10")

    assert "Week 54 of 104" in page
    assert "23 oct 2023" in rows(page)["week_42_notification"].lower()
    assert '<ol class="reasons" lang="nl">' in page
    for dutch in ("datum voorbij", "waarom", "Wat als", "Wijzig", "eerste dag erna"):
        assert dutch not in re.sub(r'lang="nl".*?</', "", page)


def test_the_own_style_sheet_names_no_colour_and_only_tokens_that_exist() -> None:
    sheet = (SHEET / "terms.css").read_text(encoding="utf-8")
    tokens = (SHEET / "tokens.css").read_text(encoding="utf-8")
    made = set(re.findall(r"(--[\w-]+):", tokens + sheet))

    assert re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color-mix)a?\(", sheet, re.IGNORECASE) == []
    assert set(re.findall(r"var\((--[\w-]+)", sheet)) - made == set()
    assert len(sheet) < 16_000


def test_every_mark_of_the_timeline_that_is_named_exists_and_is_named() -> None:
    """The caseload names them too, so they may stand in either sheet."""
    sheets = "".join((SHEET / name).read_text(encoding="utf-8") for name in ("terms.css", "hervat.css"))
    named = set(re.findall(r'url\("terms/([\w-]+)\.svg"\)', sheets))

    assert named == {one.stem for one in (SHEET / "terms").glob("*.svg")}
