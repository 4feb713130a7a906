"""`./dev` works from anywhere, in a path with spaces, past a Python that does not run."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .running import a_home

ROOT = Path(__file__).resolve().parents[2]
VERBS = ("demo", "test", "format", "bench", "hervat")


def dev(checkout: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [checkout / "dev", *arguments],
        cwd="/",
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def copy() -> Iterator[Path]:
    """The checkout as it is now, without its environment, in a path with spaces."""
    with a_home() as place:
        checkout = place / "een kloon met spaties"
        left_out = shutil.ignore_patterns(".git", ".venv", ".cache", ".*_cache", "__pycache__", "results")
        shutil.copytree(ROOT, checkout, ignore=left_out, symlinks=True)
        if (ROOT / ".cache" / "uv").exists():
            (checkout / ".cache").mkdir()
            (checkout / ".cache" / "uv").symlink_to(ROOT / ".cache" / "uv")
        yield checkout


def test_alone_it_lists_its_verbs_and_another_word_is_wrong_usage() -> None:
    alone, wrong = dev(ROOT), dev(ROOT, "wegwezen")

    assert alone.returncode == 0
    assert [verb for verb in VERBS if f"\n  {verb} " not in alone.stdout] == []
    assert (wrong.returncode, wrong.stdout, wrong.stderr) == (2, "", alone.stdout)


def test_a_fresh_checkout_installs_itself_past_a_python_that_does_not_run(copy: Path) -> None:
    shims = copy / "shims"
    shims.mkdir()
    for name in ("python3.14", "python3.13", "python3.12"):
        (shims / name).write_text("#!/bin/sh\necho 'pyenv: version not installed' >&2\nexit 127\n")
        (shims / name).chmod(0o755)
    with_shims = f"{shims}{os.pathsep}{os.environ['PATH']}"

    first = dev(copy, "hervat", "demo", "--poort", PATH=with_shims)
    again = dev(copy, "hervat", "demo", "--help", PATH=with_shims)

    assert first.returncode == 2, first.stderr
    assert "onbekend: --poort" in first.stderr
    assert again.returncode == 0
    assert again.stdout.startswith("gebruik: hervat demo")
    assert again.stderr == ""


def test_without_any_python_it_says_what_to_install(copy: Path) -> None:
    tools = copy / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "pwd", "cat"):
        (tools / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    shutil.rmtree(copy / ".venv", ignore_errors=True)

    answer = dev(copy, "demo", PATH=str(tools), HOME=str(copy))

    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 1
    assert "geen Python 3.11" in answer.stderr
