"""A delivery is spread over processes so that what is about one person keeps its order."""

import json

from hervat.cli.import_side_by_side import PORTION, place_of, portions


def line(kind: str, **facts: object) -> tuple[str, int]:
    text = json.dumps({"kind": kind, "facts": facts})
    return text, len(text)


def test_a_tree_of_units_is_taken_in_alone_and_everything_else_in_its_order() -> None:
    tree = line("eenheden", units=[])
    delivery = [line("herstel", number=number) for number in range(PORTION + 10)]
    delivery[7:7] = [tree]
    delivery.append(("", 1))

    found = list(portions(delivery))

    assert [len(one.lines) for one in found] == [7, 1, PORTION, 3]
    assert found[1].lines == [(8, tree[0])]
    numbers = [number for one in found for number, _ in one.lines]
    assert numbers == list(range(1, PORTION + 12))
    assert sum(one.length for one in found) == sum(length for _, length in delivery)


def test_all_that_is_about_one_person_has_one_place_however_the_number_is_written() -> None:
    report, recovery = (
        line("ziekmelding", employee_number="W-900 1"),
        line("herstel", employee_number="w9001"),
    )
    correction = line("correctie", corrects="x", facts={"employee_number": "W9001"})

    assert {place_of(text) for text, _ in (report, recovery, correction)} == {place_of(report[0])}
    assert len({place_of(line("herstel", employee_number=f"W{n}")[0]) % 4 for n in range(50)}) == 4
    assert {
        place_of(text) for text in ("{", "[]", '{"facts": 1}', line("herstel", employee_number="?")[0])
    } == {0}
