"""Takes in the messages of one delivery on several processes, those of one person always on the same one.

What is about one person keeps its order; the tree of units is brought while nothing else is. When the process
that reads the delivery ends, the others find their pipe closed and end too, after what they are at.
Must never: take a message in twice, or hand a message to a process before the tree it may stand in.
Read next: `import_messages.py`, `../exchange/actions/receive.py`.
"""

import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from hervat.access.feed import Feed
    from hervat.exchange.actions.receive import Received

Numbered = tuple[int, str]
Taken = tuple[int, "Received"]
TakeIn = Callable[[Sequence[Numbered]], Iterable[Taken]]
# As many as are spread well by chance, and few enough that the bar moves.
PORTION: Final = 200
_WORTH_MORE: Final = 50
"""From so many messages it is worth starting processes."""


class Stopped(RuntimeError):  # noqa: N818 - it names the situation, as the caller meets it
    """One of the processes came to an end before its messages did."""


@dataclass(slots=True)
class Portion:
    """Lines that are taken in together, by their number, and how many bytes they are."""

    lines: list[Numbered] = field(default_factory=list)
    length: int = 0


@dataclass(frozen=True, slots=True)
class _Worker:
    process: BaseProcess
    pipe: "Connection[Any, Any]"


@contextmanager
def side_by_side(feed: "Feed", processes: int) -> Iterator[TakeIn]:
    """Give what takes in a portion of messages, on so many processes; raises as `receive`, and `Stopped`."""
    workers: list[_Worker] = []

    def take_in(lines: Sequence[Numbered]) -> Iterable[Taken]:
        if processes == 1 or len(lines) < _WORTH_MORE:
            return _take_in(feed, lines)
        if not workers:
            workers.extend(_start(feed, processes))
        return _spread(workers, lines)

    try:
        yield take_in
    finally:
        for worker in workers:
            worker.pipe.close()
        for worker in workers:
            worker.process.join()


def portions(lines: Iterable[tuple[str, int]], size: int = PORTION) -> Iterator[Portion]:
    """Yield the lines of a delivery (each with its length) in their order, a tree of units always alone.

    >>> [len(one.lines) for one in portions([('{"kind": "herstel"}', 19)] * 5, size=2)]
    [2, 2, 1]
    """
    waiting = Portion()
    for number, (text, length) in enumerate(lines, 1):
        alone = _is_tree(text)
        if waiting.lines and alone:
            yield waiting
            waiting = Portion()
        waiting.length += length
        if text.strip():
            waiting.lines.append((number, text))
        if alone or len(waiting.lines) == size:
            yield waiting
            waiting = Portion()
    if waiting.length:
        yield waiting


def _start(feed: "Feed", processes: int) -> list[_Worker]:
    from django.db import connections

    connections.close_all()  # a connection is of one process
    fork = get_context("fork")
    pipes = [fork.Pipe() for _ in range(processes)]
    workers = []
    for number in range(processes):
        process = fork.Process(target=_work, args=(feed, pipes, number), daemon=True)
        process.start()
        workers.append(_Worker(process, pipes[number][0]))
    for _, theirs in pipes:
        theirs.close()
    return workers


def _work(
    feed: "Feed", pipes: "list[tuple[Connection[Any, Any], Connection[Any, Any]]]", number: int
) -> None:
    mine = pipes[number][1]
    for ours, theirs in pipes:
        ours.close()  # or a pipe would stay open when who reads the delivery is gone
        if theirs is not mine:
            theirs.close()
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            mine.send(_said(feed, mine.recv(), os.getppid()))


def _said(feed: "Feed", lines: Sequence[Numbered], reader: int) -> "list[Taken] | Exception":
    taken = []
    try:
        for one in _take_in(feed, lines):
            taken.append(one)
            if os.getppid() != reader:
                break  # who reads the delivery is gone, and will begin again with what is left
    except Exception as error:  # raised again where the command answers for it
        return error
    return taken


def _take_in(feed: "Feed", lines: Sequence[Numbered]) -> "Iterator[Taken]":
    from hervat.exchange.actions.receive import receive

    for number, text in lines:
        yield number, receive(admits=feed, text=text, line=number)


def _spread(workers: Sequence[_Worker], lines: Sequence[Numbered]) -> "Iterator[Taken]":
    shares: list[list[Numbered]] = [[] for _ in workers]
    for one in lines:
        shares[place_of(one[1]) % len(workers)].append(one)
    try:
        for worker, share in zip(workers, shares, strict=True):
            worker.pipe.send(share)
        for worker in workers:
            yield from _answer(worker)
    except (EOFError, ConnectionError):
        raise Stopped from None


def _answer(worker: _Worker) -> "list[Taken]":
    said = worker.pipe.recv()
    if isinstance(said, Exception):
        raise said
    return cast("list[Taken]", said)


def place_of(text: str) -> int:
    """Return a number that is the same for all that is about one person."""
    from hervat.exchange.rules.reading import about
    from hervat.vault.rules.finding import EmployeeNumberError, normal_employee_number

    number, _ = about(text)
    try:
        return zlib.crc32(normal_employee_number(number or "").encode())
    except EmployeeNumberError:
        return 0  # nobody's: it will be set apart


def _is_tree(text: str) -> bool:
    """Whether a line may bring units: sooner yes than no, for then it is only taken in alone."""
    from hervat.exchange.rules.vocabulary import MessageKind

    return f'"{MessageKind.UNITS.value}"' in text
