"""A released version never changes, stays readable, and decides on the days that it held."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hervat.register import loading
from hervat.register.decisions import Allowed, Decisions, Gap, Refused
from hervat.register.document import RegisterError
from hervat.register.history import BeforeFirstVersion, History
from hervat.register.model import Acceptance, Blocks, OpenPointId, PurposeId, Version
from hervat.register.show import as_text
from hervat.register.vocabulary import Cell, Item, ItemClass, Role, Use

from .copies import FERRY, Copy, accept, ferry_history

FIRST, SECOND = date(2026, 9, 1), date(2026, 10, 1)
AT_WORK = PurposeId("weer-aan-boord")


@pytest.fixture(scope="module")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    copy = Copy(FERRY, tmp_path_factory.mktemp("twice") / "veerdienst")
    copy.edit("reading.yaml", "name: Het vaarrooster", "name: Het rooster")
    copy.release(SECOND)
    return copy


@pytest.fixture
def twice(_released: Copy, tmp_path: Path) -> Copy:
    """The ferry company's register with a second version, to be changed."""
    return Copy(_released.entry, tmp_path / "veerdienst")


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
    before = as_text(ferry_history().latest)
    digest = ferry_history().latest.version.digest
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


def test_a_new_version_must_say_what_somebody_records_about_themselves(ferry: Copy) -> None:
    said = ferry.text("reading.yaml").split("own:\n", 1)[1].split("\n\n", 1)[0]
    ferry.edit("reading.yaml", f"own:\n{said}\n\n", "")
    with pytest.raises(RegisterError, match=r"reading\.yaml, .*'eigen'.*Noem onder 'own'"):
        ferry.release(SECOND)

    ferry.edit(
        "reading.yaml", "\nitems:\n", f"\nown:\n{said.replace('Het nummer', 'Dat nummer')}\n\nitems:\n"
    )
    ferry.release(SECOND)
    decisions = Decisions(ferry.load(), accept(ferry.load()))
    asked = (Use.WRITE, AT_WORK, SECOND)

    assert isinstance(decisions.decide(Role.RE_INTEGRANT, Item.PHONE, *asked), Allowed)
    refused = decisions.decide(Role.RE_INTEGRANT, Item.NAME_AND_ADDRESS, *asked)
    assert isinstance(refused, Refused)
    assert "vraag dan Personeelszaken" in refused.reason.text


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
def test_a_tampered_archive_is_refused_the_latest_too(number: int, twice: Copy) -> None:
    assert len(twice.load().versions) == 2
    twice.edit(f"versions/{number}.json", "Telefoonnummer", "Telefoonnummers")

    with pytest.raises(RegisterError, match=rf"versions/{number}\.json: dit archief is gewijzigd"):
        twice.load()


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
def test_versions_out_of_order_are_refused(old: str, new: str, twice: Copy) -> None:
    twice.edit("versions.yaml", old, new)

    with pytest.raises(RegisterError, match=r"versions.yaml, regel 4: de versies zijn niet doorlopend"):
        twice.load()


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
FIRST_POINT = OpenPointId("uitzondering-gezondheid")


def versions(*changes: dict[str, object]) -> History:
    """The ferry company's register and its later versions, a day after each other from SECOND on."""
    registers = [ferry_history().latest]
    for number, change in enumerate(changes, 2):
        version = Version(number, SECOND + timedelta(days=number - 2), f"{number}", "Gewijzigd.")
        registers.append(replace(registers[-1], version=version, **change))
    return History(registers)


def reading(item: Item, **change: object) -> dict[str, object]:
    """A version in which one item is read otherwise."""
    before = ferry_history().latest.reading
    changed = {**before.items, item: replace(before.items[item], **change)}
    return {"reading": replace(before, items=changed)}


def test_an_acceptance_of_an_earlier_version_holds_while_its_point_reads_the_same() -> None:
    history = versions(reading(Item.PHONE, name="Nummer"))

    assert isinstance(Decisions(history, accept(history, version=1)).decide(*SICK_DAYS, SECOND), Allowed)


def test_an_acceptance_ends_with_the_version_in_which_its_point_reads_otherwise() -> None:
    point = replace(ferry_history().latest.open_points[FIRST_POINT], reading="Onderdeel h geldt.")
    history = versions({"open_points": {FIRST_POINT: point}})
    first, second = (Decisions(history, accept(history, version=number, on=FIRST)) for number in (1, 2))
    before = SECOND - timedelta(days=1)

    assert isinstance(first.decide(*SICK_DAYS, before), Allowed)
    assert isinstance(first.decide(*SICK_DAYS, SECOND), Gap)
    assert isinstance(second.decide(*SICK_DAYS, before), Gap)
    assert isinstance(second.decide(*SICK_DAYS, SECOND), Allowed)


def test_an_acceptance_of_a_version_without_the_point_does_not_count() -> None:
    later = OpenPointId("later")
    point = replace(ferry_history().latest.open_points[FIRST_POINT], id=later)
    history = versions({"open_points": {**ferry_history().latest.open_points, later: point}})
    early = Acceptance(later, 1, "Test", FIRST, "Te vroeg.", demo=False)

    assert set(Decisions(history, [*accept(history, version=1), early]).accepted(SECOND)) == {FIRST_POINT}
    assert set(Decisions(history, accept(history)).accepted(SECOND)) == {FIRST_POINT, later}


def with_a_point_on_the_matrix() -> dict[str, object]:
    code = OpenPointId("de-matrix")
    purposes = frozenset({AT_WORK, PurposeId("vaarrooster")})
    blocks = Blocks(frozenset(), frozenset(), frozenset(), purposes, frozenset())
    before = ferry_history().latest.open_points
    point = replace(
        before[FIRST_POINT], id=code, reading="Zoals gelezen.", elements=("matrix",), blocks=blocks
    )
    return {"open_points": {**before, code: point}}


def _cells() -> dict[str, object]:
    cells = ferry_history().latest.reading.items[Item.PHONE].cells
    return reading(Item.PHONE, cells={**cells, Role.OCCUPATIONAL_PHYSICIAN: Cell.WRITE})


def _roles() -> dict[str, object]:
    before = ferry_history().latest.reading
    roster = replace(before.purposes[PurposeId("vaarrooster")], roles=(Role.PO_ADVISER,))
    return {"reading": replace(before, purposes={**before.purposes, roster.id: roster})}


@pytest.mark.parametrize(
    "change",
    [_cells(), _roles(), reading(Item.SICKNESS_ABSENCE, item_class=ItemClass.ORDINARY)],
    ids=["a cell", "the roles of a purpose", "a class"],
)
def test_a_matrix_that_changed_must_be_accepted_anew(change: dict[str, object]) -> None:
    history = versions(with_a_point_on_the_matrix(), reading(Item.PHONE, name="Nummer"), change)
    decisions = Decisions(history, accept(history, version=2))
    asked = (Role.COMMANDER, Item.CASE_NUMBER, Use.READ, AT_WORK)
    added, renamed, changed = (SECOND + timedelta(days=days) for days in range(3))

    assert isinstance(decisions.decide(*asked, added), Allowed)
    assert isinstance(decisions.decide(*asked, renamed), Allowed), "only a name changed"
    gap = decisions.decide(*asked, changed)
    assert isinstance(gap, Gap)
    assert gap.open_point.id == "de-matrix"
    assert set(decisions.accepted(changed)) == {FIRST_POINT}, "the other point reads the same"
    assert isinstance(Decisions(history, accept(history)).decide(*asked, changed), Allowed)


def test_roles_of_the_entry_on_users_are_asked_about_dossiers_too() -> None:
    decisions = Decisions(ferry_history(), [])
    asked = (Role.RECORDS_MANAGER, Item.NAME_AND_ADDRESS, Use.READ, AT_WORK)

    answer = decisions.decide(*asked, FIRST)

    assert isinstance(answer, Refused)
    assert answer.reason.text == "De archivaris ziet geen dossiers."
    assert isinstance(decisions.decide(Role.COMMANDER, *asked[1:], FIRST), Allowed)


def test_the_archive_of_unchanged_files_is_what_the_files_say(ferry: Copy) -> None:
    register = ferry.load().latest

    assert register == loading.build(loading.read_source(ferry.entry), register.version)
    ferry.edit("versions.yaml", register.version.files, "0" * 64)
    assert ferry.load().latest.reading == register.reading, "other files are read themselves"
