"""Every rule has an example that runs, and a docstring."""

import ast
import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import hervat.law

MODULES = [f"hervat.law.{module.name}" for module in pkgutil.iter_modules(hervat.law.__path__)]
WITH_RULES = ("application", "cases", "clock", "ending", "gatekeeper", "parameters", "sanction", "timeline")
RULES = ("gatekeeper", "ending", "sanction", "retention", "rights")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    flags = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
    answer = doctest.testmod(importlib.import_module(name), optionflags=flags)

    assert answer.failed == 0
    if name.rpartition(".")[2] in WITH_RULES:
        assert answer.attempted > 0


def rules_without(sign: str) -> list[str]:
    """Public functions of the rule modules whose docstring lacks a sign."""
    return [
        f"{module}.{node.name}"
        for module in RULES
        for node in ast.parse((Path(hervat.law.__path__[0]) / f"{module}.py").read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and sign not in (ast.get_docstring(node) or "")
    ]


def test_every_rule_has_an_example() -> None:
    assert rules_without(">>>") == []
