"""Which tests start a process: those that name `subprocess`, or a function of the tests that does.

So that nobody has to think of marking one, and `./dev test fast` stays fast. Read next: `conftest.py`.
"""

import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from inspect import isfunction, unwrap
from types import CodeType
from typing import Any


@cache
def starts_a_process(test: Callable[..., Any]) -> bool:
    """Whether a function, or one of the tests' own that it names, names `subprocess`."""
    waiting, seen = [unwrap(test)], set()
    while waiting:
        function = waiting.pop()
        if not isfunction(function) or function in seen:
            continue
        seen.add(function)
        used = [function.__globals__.get(name) for name in _names(function.__code__)]
        if subprocess in used:
            return True
        waiting += [unwrap(one) for one in used if isfunction(one) and one.__module__.startswith("tests.")]
    return False


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _names(part)
