"""Words that are looked up once for each language and not once for each row: a page says the same ones often.

Must never: keep what is said of a person; only words of closed sets, and days. Read next: `words.py`.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeVar

from django.utils.translation import get_language

P = ParamSpec("P")
T = TypeVar("T")
_MOST: Final = 20_000


def once_per_language(say: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function says, for each language that is spoken."""

    @lru_cache(maxsize=_MOST)
    def kept(language: str | None, args: tuple[Hashable, ...]) -> T:
        return say(*args)  # type: ignore[call-arg, arg-type]  # P.args that were kept have no type

    @wraps(say)
    def said(*args: P.args, **kwargs: P.kwargs) -> T:
        return say(*args, **kwargs) if kwargs else kept(get_language(), args)

    return said
