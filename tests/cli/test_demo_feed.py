"""The invented feed: the same for the same seed, of nobody, and good but for what was asked to be bad."""

import json
from collections import Counter
from datetime import date

from stdnum.nl import bsn

from hervat.cli.demo_feed import lines
from hervat.cli.demo_feed_people import bsn_of
from hervat.exchange.rules.faults import FaultCode
from hervat.exchange.rules.reading import read_line
from hervat.exchange.rules.vocabulary import MessageKind
from tests.cast import TODAY


def test_the_same_seed_gives_the_same_and_another_gives_another() -> None:
    assert list(lines(40, 1, TODAY)) == list(lines(40, 1, TODAY))
    assert list(lines(40, 1, TODAY)) != list(lines(40, 2, TODAY))


def test_every_line_is_a_good_message_and_every_kind_occurs() -> None:
    read = [read_line(line) for line in lines(600, 3, TODAY)]

    assert [line.fault for line in read if line.fault] == []
    assert {line.kind for line in read} == set(MessageKind) - {MessageKind.WITHDRAWAL}
    ids = Counter(line.id for line in read)
    assert max(ids.values()) >= 2  # some come twice


def test_with_faults_the_good_messages_stay_and_faults_of_many_kinds_come_beside_them() -> None:
    good, spoilt = set(lines(400, 4, TODAY)), list(lines(400, 4, TODAY, 10))
    faults = Counter(fault.code for line in spoilt if (fault := read_line(line).fault))

    assert good <= set(spoilt)
    assert {
        *(FaultCode.NOT_JSON, FaultCode.UNKNOWN_KIND, FaultCode.MEDICAL, FaultCode.UNKNOWN_ITEM),
        *(FaultCode.MISSING, FaultCode.WRONG_VALUE, FaultCode.NO_MESSAGE),
    } <= set(faults)
    assert 0.05 < sum(faults.values()) / len(spoilt) < 0.12


def test_each_persons_messages_are_in_order_and_nothing_is_sent_after_the_day() -> None:
    last: dict[str, str] = {}
    for line in list(lines(300, 5, TODAY))[1:]:
        message = json.loads(line)
        facts = message["facts"].get("facts", message["facts"])
        assert last.get(facts["employee_number"], "") <= message["sent_at"]
        last[facts["employee_number"]] = message["sent_at"]
        assert date.fromisoformat(message["sent_at"][:10]) <= TODAY


def test_nobody_in_it_exists() -> None:
    numbers = [bsn_of(number) for number in range(20_000)]

    assert len(set(numbers)) == len(numbers)
    assert all(bsn.is_valid(number) for number in numbers)
    assert all(number.startswith("9999") for number in numbers[:5000])
    said = "".join(lines(50, 6, TODAY))
    assert said.count("@demo.hervat.invalid") == said.count('"email"') > 0
    assert "Nergenshuizen" in said
