"""The demo works in the background beside its server: as the application, until the demo stops."""

import signal
from pathlib import Path

from .running import nothing_runs, started
from .test_demo_sealing import processes_of, wait_for

_WORKER = b"jobs\0run"


def test_a_worker_runs_beside_the_server_without_the_owner_and_stops_with_it(used_home: Path) -> None:
    with started(used_home) as demo:
        assert wait_for(lambda: len(processes_of(used_home, _WORKER)) == 1)
        (worker,) = processes_of(used_home, _WORKER)
        given = Path(f"/proc/{worker}/environ").read_bytes()
        assert b"HERVAT_DATABASE_URL=" in given
        assert b"HERVAT_OWNER_DATABASE_URL=" not in given
        assert b"HERVAT_JOURNAL_KEY=" not in given
        demo.stop(signal.SIGTERM)
    assert processes_of(used_home, _WORKER) == []
    assert nothing_runs(used_home)
