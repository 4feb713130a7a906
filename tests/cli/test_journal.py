"""`hervat journal` without a database: keys, wrong usage, and what it says where it can do nothing."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from hervat.cli.journal_seal import Teller
from hervat.cli.journal_verify import _said, _Tenths
from hervat.journal.actions.refusals import SealError
from hervat.journal.actions.seal import Sealed
from hervat.journal.queries.findings import Finding, Kind, Redacted, Report, Restore
from hervat.journal.rules.notes import Signer, Verifier, new_key

Answer = tuple[int, str, str]
Hervat = Callable[..., Answer]
PRIVATE = new_key("logboek.example")
PUBLIC = str(Signer.parse(PRIVATE).verifier)
SECRET = PRIVATE.split("+", 4)[4]


@pytest.fixture(autouse=True)
def _no_keys_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HERVAT_JOURNAL_KEY", "HERVAT_JOURNAL_PUBLIC_KEYS"):
        monkeypatch.delenv(name, raising=False)


def test_a_new_key_comes_with_its_public_key(hervat: Hervat, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = hervat("journal", "new-key", "logboek.example")
    private, public = (line for line in out.splitlines() if line.count("+") >= 2)

    assert (code, err) == (0, "")
    assert str(Signer.parse(private).verifier) == public
    monkeypatch.setenv("HERVAT_JOURNAL_KEY", private)
    assert hervat("journal", "key") == (0, f"{public}\n", "")
    assert hervat("journal", "new-key", "log boek")[0] == 1


def test_the_public_keys_are_shown_and_never_the_private_one(
    hervat: Hervat, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str(Signer.parse(new_key("logboek.example")).verifier)
    monkeypatch.setenv("HERVAT_JOURNAL_KEY", PRIVATE)
    monkeypatch.setenv("HERVAT_JOURNAL_PUBLIC_KEYS", f"{other},{PUBLIC}")

    assert hervat("journal", "key") == (0, f"{other}\n{PUBLIC}\n", "")


def test_without_a_key_and_with_a_broken_one_it_is_one_line(
    hervat: Hervat, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = hervat("journal", "key")
    monkeypatch.setenv("HERVAT_JOURNAL_KEY", f"{PRIVATE[:-4]}AAAA")
    broken = hervat("journal", "key")

    for code, out, err in (absent, broken):
        assert (code, out, len(err.splitlines())) == (1, "", 1)
    assert "HERVAT_JOURNAL_KEY" in absent[2]
    assert SECRET[:20] not in broken[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["journal"], "hier ontbreekt"),
        (["journal", "verzegel"], "kan niet; kies uit"),
        (["journal", "check", "bewijs.json"], "hier ontbreekt: --key"),
        (
            ["journal", "check", "bewijs.json", "--key", "geen-bestand"],
            "geen publieke sleutel en geen bestand",
        ),
        (["journal", "check", "bewijs.json", "--key", PUBLIC[:-2]], "heeft niet de juiste vorm"),
        (["journal", "check", "bewijs.json", "--key", PRIVATE], "dit is de privésleutel"),
        (["journal", "prove"], "hier ontbreekt: NUMMER"),
        (["journal", "prove", "-1"], "geef een geheel getal"),
        (["journal", "prove", "zes"], "geef een geheel getal"),
        (["journal", "consistency", "5"], "hier ontbreekt: NIEUW"),
        (["journal", "redact"], "hier ontbreekt: --month"),
        (["journal", "redact", "--month", "2026-13"], "dit is geen maand"),
        (["journal", "redact", "--month", "0000-01"], "dit is geen maand"),
        (["journal", "seal", "--after-restore"], "hoort een waarde"),
    ],
)
def test_wrong_usage_is_exit_2_in_dutch(hervat: Hervat, arguments: list[str], said: str) -> None:
    code, out, err = hervat(*arguments)

    assert (code, out) == (2, "")
    assert said in err
    assert SECRET[:20] not in err


@pytest.mark.parametrize(
    ("arguments", "variable"),
    [
        (["seal"], "HERVAT_OWNER_DATABASE_URL"),
        (["redact", "--month", "2021-03"], "HERVAT_OWNER_DATABASE_URL"),
        (["verify"], "HERVAT_DATABASE_URL"),
        (["prove", "1"], "HERVAT_DATABASE_URL"),
        (["consistency", "1", "2"], "HERVAT_DATABASE_URL"),
        (["heads"], "HERVAT_DATABASE_URL"),
    ],
)
def test_without_a_database_it_says_which_variable_names_it(
    hervat: Hervat, monkeypatch: pytest.MonkeyPatch, arguments: list[str], variable: str
) -> None:
    for alias in ("default", "owner"):
        monkeypatch.setitem(settings.DATABASES, alias, {"ENGINE": "django.db.backends.dummy"})
    code, out, err = hervat("journal", *arguments)

    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert f" {variable}" in err


def test_a_file_of_keys_will_do_for_a_key(hervat: Hervat, tmp_path: Path) -> None:
    keys, nothing = tmp_path / "sleutels.txt", tmp_path / "bewijs.json"
    keys.write_text(f"{PUBLIC}\n\n{PUBLIC}\n", encoding="utf-8")
    code, _, err = hervat("journal", "check", str(nothing), "--key", str(keys))

    assert (code, "niet te lezen" in err) == (1, True)
    nothing.write_text("{}", encoding="utf-8")
    assert "geen bewijs" in hervat("journal", "check", str(nothing), "--key", str(keys))[2]


def test_checking_needs_no_django() -> None:
    code = (
        "import sys\nfrom hervat.cli.main import main\n"
        f"main(['journal', 'check', '/bestaat/niet', '--key', '{PUBLIC}'])\n"
        "main(['journal', 'key'])\nsys.exit('django' in sys.modules)"
    )

    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)  # noqa: S603
    assert answer.returncode == 0


NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FINE = Sealed(heads=(), lines=0, size=7, waiting=0, oldest=None, lost=(), unwritten=())


def test_a_sealer_tells_of_trouble_once_and_when_it_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    tell, busy = Teller(), SealError("De database antwoordt niet.")
    old = Sealed((), 0, 7, 3, datetime.now(UTC) - timedelta(hours=1), (), ())
    for news in (FINE, busy, busy, old, FINE, FINE, busy):
        tell(news)

    out, err = capsys.readouterr()
    assert out == ""
    said = [line.removeprefix("hervat journal: ") for line in err.splitlines()]
    assert [line.split(" sinds")[0] for line in said] == [
        "De database antwoordt niet.",
        "regels wachten",
        "het verzegelen gaat weer goed.",
        "De database antwoordt niet.",
    ]


def a_report(*findings: Finding, checkpoints: int = 2, more: int = 0) -> Report:
    return Report(
        size=12_345_678,
        heads=20,
        lines=12_345_000,
        redacted=(Redacted(date(2021, 3, 1), 678),),
        unsealed=3,
        checkpoints=checkpoints,
        restores=(Restore(90, 100, NOON, "schijf defect"),),
        lost_by_restore=1,
        findings=findings,
        more=more,
    )


def test_a_report_says_what_was_checked_and_what_is_no_fault() -> None:
    keys = [Verifier.parse(PUBLIC)]
    said = "\n".join(_said(a_report(), keys))

    assert "12.345.678 bladen onder 20 hoofden, met 12.345.000 regels" in said
    assert "Vergeleken met 2 controlepunten van elders" in said
    assert "Opgeschoond: 2021-03, 678 regels" in said
    assert "Teruggezet op 23-11-2026 12.00 UTC: van 100 bladen zijn er 90 terug (schijf defect)" in said
    assert "Nog niet verzegeld: 3 regels" in said
    assert said.endswith("Alles klopt.")
    assert "Let op: met geen controlepunt vergeleken" in "\n".join(_said(a_report(checkpoints=0), keys))


def test_a_report_names_every_finding_and_counts_the_rest() -> None:
    finding = Finding(Kind.EDITED, "Regel 7, blad 6: de regel is gewijzigd.", leaf=6, line=7)
    said = list(_said(a_report(finding, more=4), [Verifier.parse(PUBLIC)]))

    assert said[-3:] == ["Er is iets mis:", "- Regel 7, blad 6: de regel is gewijzigd.", "- En nog 4."]
    assert "Alles klopt." not in said


def test_elsewhere_than_on_a_terminal_every_tenth_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    tell = _Tenths()
    for done in range(0, 10_001, 50):
        tell(done, 10_000)

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[0] == "hervat journal: 1.000 van 10.000 bladen"
