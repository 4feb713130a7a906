"""The calendar file: only what is still to come, and nothing about anybody."""

from datetime import date

from django.test import Client
from icalendar import Calendar

PAGE = "/termijnen/"
CASE = {"ziek-1": "2023-01-02", "peildatum": "2024-09-20", "doe": "agenda"}
WORDS = ("ziek", "sick", "naam", "2023", "2 januari")


def events(client: Client, **changed: str) -> dict[str, object]:
    answer = client.post(PAGE, CASE | changed)
    assert answer.status_code == 200
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_it_holds_the_days_to_come_as_whole_days(visitor: Client) -> None:
    found = events(visitor)

    assert {name: event.decoded("dtstart") for name, event in found.items()} == {  # type: ignore[attr-defined]
        "Termijn: actueel oordeel": date(2024, 9, 29),
        "Termijn: re-integratieverslag": date(2024, 9, 29),
        "Termijn: WIA-aanvraag": date(2024, 10, 13),
        "Termijn: RIV-toets UWV": date(2024, 11, 17),
        "Termijn: einde wachttijd": date(2024, 12, 29),
        "Termijn: einde loon": date(2024, 12, 29),
    }
    assert all(event.decoded("dtend") > event.decoded("dtstart") for event in found.values())  # type: ignore[attr-defined]
    assert "art. 64 lid 3" in str(found["Termijn: WIA-aanvraag"]["description"])  # type: ignore[index]


def test_what_was_done_is_left_out(visitor: Client) -> None:
    assert "Termijn: WIA-aanvraag" in events(visitor)
    assert "Termijn: WIA-aanvraag" not in events(visitor, application_made_on="2024-09-10")
    assert "Termijn: RIV-toets UWV" not in events(visitor, **{"beter-1": "2024-09-01"})


def test_an_id_stays_when_a_date_moves_and_gives_nothing_away(visitor: Client) -> None:
    before = events(visitor)
    after = events(visitor, **{"beter-1": "2023-05-01", "ziek-2": "2023-05-28"})
    other = events(visitor, **{"ziek-1": "2023-01-03"})
    name = "Termijn: WIA-aanvraag"

    assert before[name]["uid"] == after[name]["uid"]  # type: ignore[index]
    assert before[name]["dtstart"].dt != after[name]["dtstart"].dt  # type: ignore[index]
    assert before[name]["uid"] != other[name]["uid"]  # type: ignore[index]
    assert len({str(event["uid"]) for event in before.values()}) == len(before)  # type: ignore[index]


def test_it_says_nothing_about_anybody(visitor: Client) -> None:
    answer = visitor.post(PAGE, CASE)
    text = answer.content.decode().lower().replace("\r\n ", "")

    assert not any(word in text for word in WORDS)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="termijnen.ics"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_a_form_with_errors_gives_a_page_and_no_file(visitor: Client) -> None:
    answer = visitor.post(PAGE, CASE | {"ziek-1": "x"})

    assert answer.status_code == 422
    assert answer.headers["Content-Type"].startswith("text/html")
