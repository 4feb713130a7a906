"""The steps of `./dev test`, in the order in which a mistake is cheapest to hear of.

Every step runs, whatever the others say, two at a time; pytest is last, in two halves. `fast` leaves out
what needs a database, a browser or other processes; `all` adds what is exhaustive. A new check is a line
in STEPS.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .prerequisites import GET_CHROMIUM, GET_JAVA, find_chromium, find_java

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
TEMPLATES = "hervat"
# Two cores share the fast tests; these take about as long as all the others.
ONE_HALF = ("tests/register", "tests/law", "tests/config", "tests/cli", "tests/house")
# Everything in these is thorough, and they load what only they need: seconds for nothing.
CONFORMANCE = ("tests/api/test_conformance.py", "tests/api/test_log_conformance.py")
# All tests in two halves as well, each with a database of its own: pages and processes, and the rooms.
PAGES = ("tests/web", "tests/machine")
PYTEST = ("python", "-m", "pytest")
NEEDS_NOTHING = "not database and not browser and not machine and not thorough and not exhaustive"
# The settings of pytest leave out what is exhaustive; no expression lets it in.
EVERYTHING = ("-m", "")
USAGE = "gebruik: ./dev test [fast | all] [-- wat naar pytest gaat]"


@dataclass(frozen=True)
class Step:
    """A check: what it looks at, and the command that does."""

    title: str
    command: tuple[str, ...]


STEPS = (
    Step("vorm van de code", ("ruff", "format", "--check", ".")),
    Step("regels voor de code", ("ruff", "check", ".")),
    Step("vorm van de sjablonen en regels ervoor", ("djlint", TEMPLATES, "--check", "--lint")),
    Step("richting van de afhankelijkheden", ("lint-imports", "--no-logo")),
    Step("ontbrekende migraties", ("python", "-m", "django", "makemigrations", "--check", "--dry-run")),
    Step("het register", ("hervat", "register", "check")),
    Step("de matrix in docs is bij", ("hervat", "register", "matrix", "--check")),
    Step("typen", ("mypy",)),
)
ALL_TESTS = (
    Step("tests van pagina's en processen", (*PYTEST, *PAGES)),
    Step("tests, de rest", (*PYTEST, *(f"--ignore={folder}" for folder in PAGES))),
)
FORMAT = (
    Step("code", ("ruff", "format", ".")),
    Step("volgorde van imports en wat zichzelf verbetert", ("ruff", "check", "--fix", ".")),
    Step("sjablonen", ("djlint", TEMPLATES, "--reformat", "--quiet")),
)


def main(given: Sequence[str]) -> int:
    """Run what was asked for; return 0 when every step passed, 1 when one did not, 2 for wrong usage."""
    own, for_pytest = _split(given)
    if own == ["format"]:
        return _report(FORMAT, [_watched(step) for step in FORMAT])
    if own not in ([], ["fast"], ["all"]):
        print(USAGE, file=sys.stderr)
        return 2
    if own == ["fast"]:
        steps = (*STEPS, *_fast_tests(for_pytest))
        return _report(steps, _together(steps))
    _say_what_is_missing()
    more = EVERYTHING if own == ["all"] else ()
    if for_pytest:
        tests = Step("tests", (*PYTEST, *more, *for_pytest))
        return _report((*STEPS, tests), [*_together(STEPS), _watched(tests)])
    halves = [Step(one.title, (*one.command, *more)) for one in ALL_TESTS]
    return _report((*STEPS, *halves), [*_together(STEPS), *_side_by_side(*halves)])


def _side_by_side(quiet: Step, shown: Step) -> list[bool]:
    """Run two steps at once: the one is shown as it goes, the other when both are done."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        running = pool.submit(_run, quiet, output=subprocess.PIPE)
        passed = _watched(shown)
        return [_tell(quiet, running.result()), passed]


def _fast_tests(for_pytest: Sequence[str]) -> tuple[Step, ...]:
    """The tests that need nothing, in two halves that take about as long; one when more was asked."""
    pytest = (*PYTEST, "-m", NEEDS_NOTHING, "--hypothesis-profile=fast")
    if for_pytest:
        return (Step("tests", (*pytest, *for_pytest)),)
    others = tuple(f"--ignore={path}" for path in (*ONE_HALF, *CONFORMANCE))
    return (
        Step("tests, de ene helft", (*pytest, "-p", "no:schemathesis", *ONE_HALF)),
        Step("tests, de rest", (*pytest, "-p", "no:schemathesis", *others)),
    )


def _split(given: Sequence[str]) -> tuple[list[str], list[str]]:
    if "--" not in given:
        return list(given), []
    at = list(given).index("--")
    return list(given[:at]), list(given[at + 1 :])


def _together(steps: Sequence[Step]) -> list[bool]:
    """Run steps side by side, the last one first because it is the longest; tell of them in order."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = [pool.submit(_run, step, output=subprocess.PIPE) for step in reversed(steps)]
        return [_tell(step, answer.result()) for step, answer in zip(steps, reversed(running), strict=True)]


def _watched(step: Step) -> bool:
    """Run a step and show what it says as it says it."""
    print(_headline(step), flush=True)
    return _run(step, output=None).returncode == 0


def _run(step: Step, *, output: int | None) -> "subprocess.CompletedProcess[str]":
    program, *arguments = step.command
    return subprocess.run(  # noqa: S603 - one of the commands above
        [BIN / program, *arguments],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "hervat.config.settings"},
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        text=True,
        check=False,
    )


def _tell(step: Step, answer: "subprocess.CompletedProcess[str]") -> bool:
    print(_headline(step), answer.stdout.rstrip(), sep="\n", flush=True)
    return answer.returncode == 0


def _headline(step: Step) -> str:
    return f"\n== {step.title}: {' '.join(step.command)}"


def _report(steps: Sequence[Step], passed: Sequence[bool]) -> int:
    failed = [step.title for step, good in zip(steps, passed, strict=True) if not good]
    if failed:
        print(f"\nMis: {', '.join(failed)}.", flush=True)
        return 1
    print(f"\nAlles in orde: {len(steps)} stappen.", flush=True)
    return 0


def _say_what_is_missing() -> None:
    for found, how_to_get in ((find_chromium(), GET_CHROMIUM), (find_java(), GET_JAVA)):
        if found is None:
            print(f"Let op: {how_to_get}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
