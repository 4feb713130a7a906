"""Accepting and withdrawing in the file: it counts at once, the rest stays, and nothing is half written."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from hervat.register import in_force
from hervat.register.acceptance_file import NotChanged, accepting, why_not_changeable, withdrawing
from hervat.register.decisions import Allowed, Decision, Gap
from hervat.register.document import RegisterError
from hervat.register.model import Acceptance, OpenPointId, PurposeId
from hervat.register.vocabulary import Item, Role, Use

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
MATRIX, GROUND = OpenPointId("geen-matrix"), OpenPointId("bsn-grond")
START = """# Van de organisatie; met de hand begonnen.
demo: false
acceptances:
  # De matrix, na lang overleg
  - open_point: geen-matrix
    version: 2
    by: "Functionaris: gegevensbescherming"
    on: 2026-11-02
    why: Besproken in het privacy-overleg.
"""
File = Callable[[str], Path]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> File:
    """A file of acceptances in force."""

    def put(text: str = START) -> Path:
        path = tmp_path / "aanvaardingen.yaml"
        path.write_text(text, encoding="utf-8")
        path.chmod(0o640)
        monkeypatch.setenv("HERVAT_ACCEPTANCES", str(path))
        return path

    return put


def acceptance(point: OpenPointId = GROUND, why: str = "Zo besloten.", **changes: object) -> Acceptance:
    fields = {"version": 2, "by": "Directeur P&O", "on": TODAY, "demo": False} | changes
    return Acceptance(open_point=point, why=why, **fields)  # type: ignore[arg-type]


def accept(one: Acceptance) -> None:
    with accepting(one) as change:
        change.put_in_place()


def withdraw(point: OpenPointId, on: date = TODAY) -> None:
    with withdrawing(point, on) as change:
        change.put_in_place()


def commander_reads_hours(on: date = TODAY) -> Decision:
    return in_force.decisions().decide(
        Role.COMMANDER, Item.OWN_WORK_HOURS, Use.READ, PurposeId("wettelijke-plicht"), on
    )


def accept_what_hours_wait_for() -> None:
    while isinstance(found := commander_reads_hours(), Gap):
        accept(acceptance(found.open_point.id))


def test_an_accepted_point_opens_a_decision_at_once_and_a_withdrawn_one_shuts_it(file: File) -> None:
    file("demo: false\nacceptances: []\n")
    assert isinstance(commander_reads_hours(), Gap)

    accept_what_hours_wait_for()
    assert isinstance(commander_reads_hours(), Allowed)

    withdraw(MATRIX)
    found = commander_reads_hours()
    assert isinstance(found, Gap)
    assert found.open_point.id == MATRIX


def test_what_stood_in_the_file_stays_and_the_old_file_is_kept(file: File) -> None:
    path = file(START)
    accept(acceptance(why='Er staat "ja": dus # dit mag; én zo: "é".'))

    assert path.read_text(encoding="utf-8").startswith(START)
    assert path.with_name("aanvaardingen.yaml.1").read_text(encoding="utf-8") == START
    assert path.stat().st_mode & 0o777 == 0o640
    assert in_force.acceptances()[1].why == 'Er staat "ja": dus # dit mag; én zo: "é".'
    withdraw(GROUND, TODAY + DAY)
    assert path.read_text(encoding="utf-8").startswith(START)
    assert in_force.acceptances()[1].withdrawn_on == TODAY + DAY
    assert sorted(one.name for one in path.parent.iterdir()) == ["aanvaardingen.yaml", "aanvaardingen.yaml.1"]


def test_what_was_withdrawn_counts_on_the_days_that_it_held_and_accepting_again_adds_a_row(
    file: File,
) -> None:
    file("demo: false\nacceptances: []\n")
    accept_what_hours_wait_for()
    withdraw(MATRIX, TODAY + 3 * DAY)
    accept(acceptance(MATRIX, on=TODAY + 5 * DAY, why="Na de wijziging."))

    held = [isinstance(commander_reads_hours(TODAY + number * DAY), Allowed) for number in range(7)]
    assert held == [True, True, True, False, False, True, True]
    rows = [one for one in in_force.acceptances() if one.open_point == MATRIX]
    assert [(one.on, one.withdrawn_on) for one in rows] == [
        (TODAY, TODAY + 3 * DAY),
        (TODAY + 5 * DAY, None),
    ]


def test_a_row_keeps_its_comments_when_it_is_withdrawn_and_is_withdrawn_once(file: File) -> None:
    path = file(
        START
        + "\n  # Het nummer\n  - {open_point: bsn-grond, version: 2, by: FG, on: 2026-11-03, why: Zo.}\n"
    )
    withdraw(MATRIX)
    withdraw(GROUND)

    written = path.read_text(encoding="utf-8")
    assert (
        written.index("# De matrix")
        < written.index("geen-matrix")
        < written.index("withdrawn_on: 2026-11-23")
    )
    assert written.index("privacy-overleg.") < written.index("# Het nummer") < written.index("bsn-grond")
    assert [one.withdrawn_on for one in in_force.acceptances()] == [TODAY, TODAY]
    with pytest.raises(NotChanged, match="niets in te trekken"):
        withdraw(MATRIX)


def test_what_was_to_count_later_never_does_and_the_file_of_before_is_read(file: File) -> None:
    file(START)
    assert in_force.acceptances()[0].withdrawn_on is None

    accept(acceptance(on=TODAY + DAY))
    withdraw(GROUND)
    later = in_force.acceptances()[1]
    assert (later.on, later.withdrawn_on) == (TODAY + DAY, TODAY + DAY)
    assert not any(later.counts_on(TODAY + number * DAY) for number in range(4))

    file(START.replace("    why:", "    withdrawn_on: 2026-11-01\n    why:"))
    with pytest.raises(RegisterError, match="regel 9: de dag van intrekken ligt voor"):
        in_force.acceptances()


def test_a_file_changed_by_hand_or_another_process_is_seen_without_a_restart(file: File) -> None:
    path = file(START)
    kept = in_force.decisions()
    assert in_force.decisions() is kept

    other = path.with_name("nieuw")
    other.write_text(
        START.replace("privacy-overleg", "privacy-beraad!"), encoding="utf-8"
    )  # of the same size
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)

    assert in_force.decisions() is not kept
    assert in_force.acceptances()[0].why.endswith("privacy-beraad!.")


def test_a_file_that_is_gone_or_broken_stops_every_decision(file: File) -> None:
    path = file(START)
    assert in_force.acceptances()
    path.write_text("demo: false\nacceptances: [", encoding="utf-8")
    with pytest.raises(RegisterError, match="geen geldige YAML"):
        in_force.decisions()
    path.unlink()
    with pytest.raises(RegisterError, match="niet te lezen"):
        in_force.decisions()


def test_what_is_prepared_and_not_put_in_place_changes_nothing(file: File) -> None:
    path = file(START)
    with pytest.raises(ZeroDivisionError), accepting(acceptance()):
        raise ZeroDivisionError

    assert path.read_text(encoding="utf-8") == START
    assert [one.name for one in path.parent.iterdir()] == ["aanvaardingen.yaml"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (acceptance(MATRIX), "al aanvaard"),
        (acceptance(version=7), "noemt een versie die er niet is"),
        (acceptance(OpenPointId("bestaat-niet")), "bestaat niet"),
        (acceptance(by=""), "is leeg"),
    ],
)
def test_what_the_loader_refuses_is_never_written(file: File, wrong: Acceptance, why: str) -> None:
    path = file(START)
    with pytest.raises(NotChanged, match=why):
        accept(wrong)
    assert path.read_text(encoding="utf-8") == START
    accept(acceptance())


def test_who_comes_twice_or_at_the_same_time_changes_nothing(file: File) -> None:
    path = file(START)
    with accepting(acceptance()) as first:
        with pytest.raises(NotChanged, match="Iemand anders"), withdrawing(MATRIX, TODAY):
            pass
        first.put_in_place()
    after = path.read_text(encoding="utf-8")

    with pytest.raises(NotChanged, match="al aanvaard"):
        accept(acceptance())
    with pytest.raises(NotChanged, match="niets in te trekken"):
        withdraw(OpenPointId("doelen-nog-actief"))
    assert path.read_text(encoding="utf-8") == after


def test_a_link_to_the_file_stays_a_link(file: File, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(START)
    (tmp_path / "elders").mkdir()
    link = tmp_path / "elders" / "aanvaardingen"
    link.symlink_to(path)
    monkeypatch.setenv("HERVAT_ACCEPTANCES", str(link))
    accept(acceptance())

    assert link.is_symlink()
    assert len(in_force.acceptances()) == 2


def test_without_a_file_or_with_that_of_a_demonstration_nothing_can_be_accepted(
    file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file("demo: true\nacceptances: []\n")
    with pytest.raises(NotChanged, match="demonstratie"):
        accept(acceptance())
    assert path.read_text(encoding="utf-8") == "demo: true\nacceptances: []\n"
    assert why_not_changeable() is None
    monkeypatch.delenv("HERVAT_ACCEPTANCES")
    with pytest.raises(NotChanged, match="HERVAT_ACCEPTANCES"):
        accept(acceptance())
    assert "HERVAT_ACCEPTANCES" in str(why_not_changeable())


def test_a_folder_that_cannot_be_written_leaves_everything_as_it_was(
    file: File, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file(START)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as at:
        at.setattr(os, "fsync", full)
        with pytest.raises(NotChanged, match="niet te schrijven"):
            accept(acceptance())
    assert path.read_text(encoding="utf-8") == START
    assert [one.name for one in path.parent.iterdir()] == ["aanvaardingen.yaml"]
    accept(acceptance())
