"""A released version never changes, stays readable, and decides on the days that it held."""

from datetime import date, timedelta

import pytest

from hervat.register.decisions import Allowed, Decisions, Gap, Refused
from hervat.register.document import RegisterError
from hervat.register.history import BeforeFirstVersion
from hervat.register.model import PurposeId
from hervat.register.show import as_text
from hervat.register.vocabulary import Item, Role, Use

from .copies import Copy, accept

FIRST, SECOND = date(2026, 9, 1), date(2026, 10, 1)
AT_WORK = PurposeId("weer-aan-boord")
MATRIX_POINT = """
- id: de-matrix
  title: De verwerking zegt niet wie wat ziet
  what: Er is geen matrix.
  where: [Ontvangers]
  reading: De matrix in reading.yaml.
  elements: [matrix]
  meanwhile: weigeren
  meanwhile_text: Er wordt niets getoond.
  owner: De directie van de veerdienst
  source: AVG art. 5
  certainty: middel
  blocks:
    purposes: [weer-aan-boord, vaarrooster]
"""


def test_a_second_version_holds_from_its_day_and_the_first_before_it(ferry: Copy) -> None:
    ferry.edit("reading.yaml", "      lezen: [commandant, bedrijfsarts]", "      lezen: [bedrijfsarts]")
    ferry.edit("reading.yaml", "      schrijven: [po-adviseur]", "      schrijven: [po-adviseur, commandant]")
    ferry.release(SECOND)
    history = ferry.load()
    decisions = Decisions(history, [])
    asked = (Role.COMMANDER, Item.NAME_AND_ADDRESS, Use.WRITE, AT_WORK)

    assert isinstance(decisions.decide(*asked, SECOND - timedelta(days=1)), Refused)
    assert isinstance(decisions.decide(*asked, SECOND), Allowed)
    assert isinstance(decisions.decide(*asked, FIRST), Refused)
    with pytest.raises(BeforeFirstVersion):
        decisions.decide(*asked, FIRST - timedelta(days=1))


def test_the_text_of_an_old_version_stays_readable(ferry: Copy) -> None:
    before = as_text(ferry.load().latest)
    digest = ferry.load().latest.version.digest
    ferry.edit("entry.yaml", "phrase: Havenmeesters", "phrase: Havenmeesters en stuurlieden")
    ferry.release(SECOND)

    history = ferry.load()

    assert as_text(history.version(1)) == before
    assert history.version(1).version.digest == digest
    assert as_text(history.version(2)) == before.replace("Havenmeesters", "Havenmeesters en stuurlieden")
    assert history.latest is history.version(2)


def test_an_old_version_keeps_every_character(ferry: Copy) -> None:
    name = "no \u2028 „'Tijd\u00a0– en\u200b weer'” \u0085\t😀"
    written = name.replace("\u2028", "\\u2028").replace("\u0085", "\\N").replace("\t", "\\t")
    ferry.edit("reading.yaml", "name: Het vaarrooster", f'name: "{written}"')
    ferry.release(SECOND)
    ferry.edit("reading.yaml", f'name: "{written}"', "name: Het rooster")
    ferry.release(SECOND + timedelta(days=1))

    assert ferry.load().version(2).reading.purposes[PurposeId("vaarrooster")].name == name


def test_changed_files_do_not_load_until_they_are_released(ferry: Copy) -> None:
    ferry.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")

    with pytest.raises(RegisterError, match=r"gewijzigd sinds versie 1\. .*hervat register release --from"):
        ferry.load()
    ferry.release(SECOND)
    assert ferry.load().latest.version.number == 2


def test_comments_and_lay_out_are_no_change(ferry: Copy) -> None:
    ferry.edit(
        "reading.yaml", "    name: Het vaarrooster", "    # hoe het heet\n    name:   'Het vaarrooster'"
    )

    assert ferry.load().latest.version.number == 1
    with pytest.raises(RegisterError, match=r"niets gewijzigd sinds de laatste versie"):
        ferry.release(SECOND)


@pytest.mark.parametrize("number", [1, 2])
def test_a_tampered_archive_is_refused_the_latest_too(number: int, ferry: Copy) -> None:
    ferry.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")
    ferry.release(SECOND)
    assert len(ferry.load().versions) == 2
    ferry.edit(f"versions/{number}.json", "Telefoonnummer", "Telefoonnummers")

    with pytest.raises(RegisterError, match=rf"versions/{number}\.json: dit archief is gewijzigd"):
        ferry.load()


@pytest.mark.parametrize(
    ("text", "says"),
    [(None, "niet te lezen"), ("{", "geen geldige JSON"), ("", "geen geldige JSON"), ("[]", "gewijzigd")],
)
def test_an_archive_that_is_gone_or_broken_is_refused(text: str | None, says: str, ferry: Copy) -> None:
    if text is None:
        (ferry.folder / "versions" / "1.json").unlink()
    else:
        ferry.write("versions/1.json", text)

    with pytest.raises(RegisterError, match=says):
        ferry.load()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("number: 2", "number: 3"),
        ("valid_from: 2026-10-01", "valid_from: 2026-09-01"),
        ("valid_from: 2026-10-01", "valid_from: 2026-08-31"),
    ],
)
def test_versions_out_of_order_are_refused(old: str, new: str, ferry: Copy) -> None:
    ferry.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")
    ferry.release(SECOND)
    ferry.edit("versions.yaml", old, new)

    with pytest.raises(RegisterError, match=r"versions.yaml, regel 4: de versies zijn niet doorlopend"):
        ferry.load()


def test_a_list_without_versions_is_refused(ferry: Copy) -> None:
    ferry.write("versions.yaml", "versions: []\n")

    with pytest.raises(RegisterError, match=r"versions.yaml, regel 1: er staat geen versie in"):
        ferry.load()


@pytest.mark.parametrize("on", [FIRST, FIRST - timedelta(days=1)])
def test_a_release_must_be_later_than_the_last(on: date, ferry: Copy) -> None:
    ferry.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")

    with pytest.raises(RegisterError, match=r"versie 1 geldt al vanaf 2026-09-01\. Kies een latere datum"):
        ferry.release(on)
    assert ferry.release(FIRST + timedelta(days=1)).number == 2


def test_a_release_says_what_changes(ferry: Copy) -> None:
    ferry.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")

    with pytest.raises(RegisterError, match=r"er staat niet wat er verandert"):
        ferry.release(SECOND, " ")
    change = "Het 'rooster': kort, \"zo\" # genoemd\nen meer"
    ferry.release(SECOND, change)
    assert ferry.load().latest.version.change == change


def test_a_register_with_a_mistake_is_not_released_and_nothing_is_written(ferry: Copy) -> None:
    ferry.edit("reading.yaml", "item: casenummer", "item: kaartnummer")
    versions = ferry.text("versions.yaml")

    with pytest.raises(RegisterError, match=r"reading.yaml, regel \d+: 'kaartnummer' is onbekend"):
        ferry.release(SECOND)

    assert ferry.text("versions.yaml") == versions
    assert [path.name for path in (ferry.folder / "versions").iterdir()] == ["1.json"]


# --- acceptances over versions --------------------------------------------------------------------

SICK_DAYS = (Role.PO_ADVISER, Item.SICKNESS_ABSENCE, Use.READ, AT_WORK)


def test_an_acceptance_of_an_earlier_version_holds_while_its_point_reads_the_same(ferry: Copy) -> None:
    ferry.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")
    ferry.release(SECOND)
    history = ferry.load()

    assert isinstance(Decisions(history, accept(history, version=1)).decide(*SICK_DAYS, SECOND), Allowed)


def test_an_acceptance_ends_with_the_version_in_which_its_point_reads_otherwise(ferry: Copy) -> None:
    ferry.edit("open_points.yaml", "onder b geldt", "onder h geldt")
    ferry.release(SECOND)
    history = ferry.load()
    first, second = (
        Decisions(history, accept(history, version=1)),
        Decisions(history, accept(history, version=2)),
    )

    assert isinstance(first.decide(*SICK_DAYS, SECOND - timedelta(days=1)), Allowed)
    assert isinstance(first.decide(*SICK_DAYS, SECOND), Gap)
    assert isinstance(second.decide(*SICK_DAYS, SECOND - timedelta(days=1)), Gap)
    assert isinstance(second.decide(*SICK_DAYS, SECOND), Allowed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      lezen: [commandant, po-adviseur]\n      schrijven: [bedrijfsarts]",
         "      schrijven: [commandant, po-adviseur, bedrijfsarts]"),
        ("roles: [commandant, re-integrant]", "roles: [commandant, bedrijfsarts, re-integrant]"),
        ("class: bijzonder", "class: gewoon"),
    ],
    ids=["a cell", "a role of a purpose", "a class"],
)  # fmt: skip
def test_an_accepted_matrix_is_accepted_anew_when_it_changes(old: str, new: str, ferry: Copy) -> None:
    ferry.write("open_points.yaml", ferry.text("open_points.yaml") + MATRIX_POINT)
    ferry.release(SECOND)
    ferry.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")
    ferry.release(SECOND + timedelta(days=1))
    ferry.edit("reading.yaml", old, new)
    ferry.release(SECOND + timedelta(days=2))
    history = ferry.load()
    decisions = Decisions(history, accept(history, version=2))
    asked = (Role.COMMANDER, Item.CASE_NUMBER, Use.READ, AT_WORK)

    assert isinstance(decisions.decide(*asked, SECOND), Allowed)
    assert isinstance(decisions.decide(*asked, SECOND + timedelta(days=1)), Allowed), "only a name changed"
    gap = decisions.decide(*asked, SECOND + timedelta(days=2))
    assert isinstance(gap, Gap)
    assert gap.open_point.id == "de-matrix"
    assert isinstance(Decisions(history, accept(history)).decide(*asked, SECOND + timedelta(days=2)), Allowed)


def test_only_the_point_about_the_matrix_is_accepted_anew(ferry: Copy) -> None:
    ferry.write("open_points.yaml", ferry.text("open_points.yaml") + MATRIX_POINT)
    ferry.release(SECOND)
    ferry.edit("reading.yaml", "schrijven: [bedrijfsarts]", "schrijven: []\n      uitkomst: [bedrijfsarts]")
    ferry.release(SECOND + timedelta(days=1))
    history = ferry.load()
    decisions = Decisions(history, accept(history, version=2))

    assert set(decisions.accepted(SECOND)) == {"uitzondering-gezondheid", "de-matrix"}
    assert set(decisions.accepted(SECOND + timedelta(days=1))) == {"uitzondering-gezondheid"}


def test_roles_of_the_entry_on_users_are_asked_about_dossiers_too(ferry: Copy) -> None:
    decisions = Decisions(ferry.load(), [])
    asked = (Role.RECORDS_MANAGER, Item.NAME_AND_ADDRESS, Use.READ, AT_WORK)

    answer = decisions.decide(*asked, FIRST)

    assert isinstance(answer, Refused)
    assert answer.reason.text == "De archivaris ziet geen dossiers."
    assert isinstance(decisions.decide(Role.COMMANDER, *asked[1:], FIRST), Allowed)
