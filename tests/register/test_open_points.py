"""Every hole that is known is an open point that says what, where, meanwhile and who decides."""

import pytest

from hervat.register import in_force
from hervat.register.document import read_document
from hervat.register.model import OpenPoint
from hervat.register.open_points import parse_acceptances
from hervat.register.vocabulary import Meanwhile, Operation

from .copies import d2599

HOLES = {
    # to be decided by a person, about the law and the work
    "wazo-niet-aansluitend": Meanwhile.ASK,
    "probleemanalyse-dag-41-of-42": Meanwhile.ASK,
    "vernietigen-dag-of-jaareinde": Meanwhile.KEEP,
    "twaalf-jaar-zonder-wga": Meanwhile.KEEP,
    "egb-en-bedrijfsarts": Meanwhile.REFUSE,
    "robidus-en-future": Meanwhile.REFUSE,
    "doelen-nog-actief": Meanwhile.REFUSE,
    "uwv-geen-ontvanger": Meanwhile.REFUSE,
    "visie-en-formulieren": Meanwhile.ASK,
    "boete-week-42": Meanwhile.ASK,
    # what the entry does not say
    "eigen-opgave": Meanwhile.REFUSE,
    "gronden-zie-dpia": Meanwhile.REFUSE,
    "avg-9-uitzondering": Meanwhile.REFUSE,
    "avg-9-gerechtvaardigd-belang": Meanwhile.REFUSE,
    "bsn-grond": Meanwhile.REFUSE,
    "bsn-andere-doelen": Meanwhile.REFUSE,
    "bw-publiekrechtelijk": Meanwhile.ASK,
    "veteranenwet-artikel": Meanwhile.ASK,
    "verantwoordelijke-leeg": Meanwhile.ASK,
    "honderd-jaar-enzovoort": Meanwhile.KEEP,
    "termijnen-op-een-stuk": Meanwhile.KEEP,
    "niet-verplicht-naast-plicht": Meanwhile.ASK,
    "geen-matrix": Meanwhile.REFUSE,
    "toezicht-geen-ontvanger": Meanwhile.REFUSE,
    "enquete-geen-ontvanger": Meanwhile.REFUSE,
    "logtermijn": Meanwhile.KEEP,
    "concepten-en-quarantaine": Meanwhile.KEEP,
    "bijzondere-kop": Meanwhile.REFUSE,
    # facts the work needs
    "feit-uitkomst-en-plaatsing": Meanwhile.REFUSE,
    "feit-deelname-programma": Meanwhile.REFUSE,
    "feit-rang": Meanwhile.REFUSE,
    "feit-rechtspositie": Meanwhile.REFUSE,
    "feit-ongeval": Meanwhile.REFUSE,
    "feit-verpleegadres": Meanwhile.REFUSE,
    "feit-contactmomenten": Meanwhile.REFUSE,
    # of our own entry on users
    "gebruikers-termijnen": Meanwhile.KEEP,
}
"""Each known hole and what happens meanwhile, written apart from open_points.yaml."""


def test_the_known_holes_are_there_and_no_others() -> None:
    assert {str(code): point.meanwhile for code, point in d2599().open_points.items()} == HOLES


@pytest.mark.parametrize("point", d2599().open_points.values(), ids=lambda point: point.id)
def test_an_open_point_says_everything_in_sentences(point: OpenPoint) -> None:
    for text in (point.what, point.reading, point.meanwhile_text):
        assert text[0].isupper() or text[0] in "'‘€"
        assert text.endswith(".")
    assert point.where
    assert point.owner
    assert point.source
    assert (point.blocks is not None) == (point.meanwhile is Meanwhile.REFUSE)


def test_every_term_of_the_entry_has_an_open_point_that_keeps() -> None:
    keeping = {
        term
        for point in d2599().open_points.values()
        if point.meanwhile is Meanwhile.KEEP
        for term in point.terms
    }

    assert keeping == set(d2599().reading.terms)


def test_every_operation_belongs_to_a_purpose() -> None:
    done = {operation for purpose in d2599().reading.purposes.values() for operation in purpose.operations}

    assert done == set(Operation)


def test_the_acceptances_of_the_demo_are_marked_and_of_points_that_refuse() -> None:
    accepted = parse_acceptances(read_document(in_force.DEMO_ACCEPTANCES), d2599().open_points)

    assert all(one.demo for one in accepted)
    assert all("niemand" in one.by for one in accepted)
    assert len({(one.open_point, one.version) for one in accepted}) == len(accepted)
    assert {d2599().open_points[one.open_point].meanwhile for one in accepted} == {Meanwhile.REFUSE}
