"""The schema for senders is what the types say, reader and schema agree, and every example is good."""

import json
import re
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hervat.exchange.rules.reading import read_line
from hervat.exchange.rules.schema import RELEASED, schema, written
from hervat.exchange.rules.vocabulary import MessageKind
from hervat.register.vocabulary import Item
from tests.house.tree import REPOSITORY

PAGE = REPOSITORY / "docs/personnel-feed.md"
EXAMPLES = [json.loads(text) for text in re.findall(r"^```json\n(.*?)\n```$", PAGE.read_text(), re.M | re.S)]
VALIDATOR = jsonschema_rs.validator_for(schema(), validate_formats=True)


def test_the_released_schema_is_what_the_types_say() -> None:
    assert RELEASED.read_text(encoding="utf-8") == written()


def test_the_page_has_a_good_example_of_every_kind() -> None:
    assert {example["kind"] for example in EXAMPLES} == set(MessageKind)
    for example in EXAMPLES:
        assert read_line(json.dumps(example)).fault is None, example["kind"]
        assert VALIDATOR.is_valid(example), example["kind"]


def test_every_member_about_a_person_names_its_item() -> None:
    about_nobody = {
        *("UnitFacts", "TreeFacts"),
        *(name for name in schema()["$defs"] if name.endswith("Message") or name.startswith("Corrected")),
    }
    for name, part in schema()["$defs"].items():
        for member, said in part.get("properties", {}).items():
            points = "$ref" in said or member in {"withdraws"}
            named = said.get("x-register-item") in set(Item)
            assert named or points or name in about_nobody, (name, member)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a message where something stands."""
    parts = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for step, part in parts for place in places(part, (*path, step)))]


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 200),
    st.text(max_size=12),
    st.sampled_from(["2026-02-30", "2026-11-20", "x" * 300, "a\nb", [], {}, {"diagnose": "x"}]),
)


@settings(max_examples=3 * settings().max_examples, derandomize=True, database=None)
@given(st.data())
def test_reader_and_schema_agree_on_whatever_is_changed_in_an_example(data: st.DataObject) -> None:
    said = json.loads(json.dumps(data.draw(st.sampled_from(EXAMPLES))))
    *above, last = data.draw(st.sampled_from([place for place in places(said) if place]))
    node = said
    for step in above:
        node = node[step]
    match data.draw(st.sampled_from(["remove", "change", "add"])):
        case "remove" if isinstance(node, dict):
            del node[last]
        case "add" if isinstance(node, dict):
            node["hobby"] = "iets"
        case _:
            node[last] = data.draw(ODD)

    fault = read_line(json.dumps(said)).fault
    # What a schema cannot say: that a last day comes after a first.
    if fault is None or fault.members != ("last_day",):
        assert VALIDATOR.is_valid(said) == (fault is None), (said, fault)


@pytest.mark.parametrize("member", ["diagnose", "oorzaak", "medicatie", "Klachten", "zwangerschap"])
def test_a_medical_member_is_refused_with_the_law_and_nothing_of_it_is_kept(member: str) -> None:
    said = json.loads(json.dumps(EXAMPLES[1]))
    said["facts"]["person"][member] = "merkteken"

    line = read_line(json.dumps(said))

    assert line.fault is not None
    assert (line.fault.code, line.fault.members) == ("medisch-gegeven", (f"person.{member}",))
    assert "AVG art. 9" in line.fault.text
    assert "merkteken" not in line.kept + repr(line)


def test_an_unknown_member_is_refused_by_its_name_and_nothing_of_it_is_kept() -> None:
    said = json.loads(json.dumps(EXAMPLES[1]))
    said["facts"]["hobby"] = said["hobby"] = {"soort": "merkteken"}

    line = read_line(json.dumps(said))

    assert line.fault is not None
    assert line.fault.code == "gegeven-onbekend"
    assert "'hobby'" in line.fault.text
    assert "Het register kent dit gegeven niet" in line.fault.text
    assert "merkteken" not in line.kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "geen-json"),
        ("[1, 2]", "geen-json"),
        ('{"id": 1, "id": 2}', "geen-json"),
        ('{"id": NaN}', "geen-json"),
        ("x" * 70_000, "te-lang"),
        ("{}", "geen-bericht"),
        ('{"kind": "loonstrook", "salaris": 1}', "soort-onbekend"),
        ('{"kind": "herstel", "facts": {}}', "geen-bericht"),
    ],
)
def test_what_is_no_message_is_told_apart(text: str, code: str) -> None:
    line = read_line(text)

    assert line.fault is not None
    assert line.fault.code == code
    assert "salaris" not in line.kept
