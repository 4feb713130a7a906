"""What there is, from the source: every page, API route, command, e-mail and error page, by a name.

A mouth that stands here and not in `listed.py` fails. Must never: know a name by heart.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import get_resolver

from hervat.cli.main import _parser
from tests.cli.test_inventory import commands_of

from ...house.tree import files, syntax

_HANDLER = re.compile(r"handler(\d{3})")
_PAGE_OF_AN_ERROR = re.compile(r"(\d{3})\.html")
SENDERS = frozenset(
    {
        *("send_mail", "send_mass_mail", "mail_admins", "mail_managers"),
        *("EmailMessage", "EmailMultiAlternatives"),
    }
)
"""What sends mail."""


def pages() -> set[str]:
    return {
        f"page {name}" for path, name in _routes(get_resolver().url_patterns) if not path.startswith("api/")
    }


def routes() -> set[str]:
    """Every address of an API that answers something else than that there is nothing."""
    return {f"api {path}" for path, name in _routes(get_resolver().url_patterns) if path.startswith("api/")}


def _routes(patterns: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern.url_patterns, path)
        elif path != before or not before:
            yield path, str(pattern.name)


def commands() -> set[str]:
    return {f"command {name}" for name in commands_of(_parser())}


def letters(root: Path) -> set[str]:
    """Every function that uses something that sends mail."""
    return {
        f"mail {path.relative_to(root).as_posix()}:{node.name}"
        for path in files(root / "hervat", ".py")
        for node in _functions(path)
        if SENDERS & _names_in(node)
    }


def _functions(path: Path) -> Iterator[Any]:
    import ast

    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    yield from (node for node in ast.walk(syntax(path)) if isinstance(node, kinds))


def _names_in(function: Any) -> set[str]:
    import ast

    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}


def errors(root: Path) -> set[str]:
    """The error pages: those with a handler or a template of their own, and that of a form that expired."""
    from hervat.config import urls

    handled = {found[1] for name in vars(urls) if (found := _HANDLER.fullmatch(name))}
    written = {
        found[1]
        for path in files(root / "hervat/web/templates", ".html")
        if (found := _PAGE_OF_AN_ERROR.fullmatch(path.name))
    }
    expired = {"csrf"} if settings.CSRF_FAILURE_VIEW.startswith("hervat.") else set()
    return {f"error {one}" for one in handled | written | expired}
