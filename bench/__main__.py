"""The runner of `./dev bench`: every bench/bench_*.py, its figures in a table and as JSON.

A benchmark is a module with `run() -> dict`, of figures by name; the name carries the unit
(`decisions_per_second`). Results go to bench/results/, or with --json to stdout. Figures
are for reading and comparing, never for a test to pass or fail on.
"""

import argparse
import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parent
Figures = dict[str, dict[str, object]]


def main() -> int:
    """Run the benchmarks that are asked for, or all of them."""
    arguments = _arguments()
    names = [path.stem for path in sorted(HERE.glob("bench_*.py"))]
    chosen = [name for name in names if not arguments.name or name.removeprefix("bench_") in arguments.name]
    figures: Figures = {name: importlib.import_module(f"bench.{name}").run() for name in chosen}
    result = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **_machine(), "figures": figures}
    text = json.dumps(result, indent=2, ensure_ascii=False, default=str)
    if arguments.json:
        print(text)
        return 0
    Console().print(_table(figures))
    folder = HERE / "results"
    folder.mkdir(exist_ok=True)
    target = folder / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.json"
    target.write_text(f"{text}\n", encoding="utf-8")
    print(f"Bewaard in {target.relative_to(HERE.parent)}")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description="Meet de snelheid.")
    parser.add_argument("name", nargs="*", help="alleen deze metingen, zonder bench_ ervoor")
    parser.add_argument("--json", action="store_true", help="schrijf de uitkomst als JSON naar stdout")
    return parser.parse_args()


def _machine() -> dict[str, object]:
    return {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}


def _table(figures: Figures) -> Table:
    table = Table("meting", "wat", "uitkomst")
    for name, values in figures.items():
        for what, value in values.items():
            shown = f"{value:,.6g}" if isinstance(value, float) else str(value)
            table.add_row(name.removeprefix("bench_"), what, shown)
    return table


if __name__ == "__main__":
    sys.exit(main())
