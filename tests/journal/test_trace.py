"""The header of W3C Trace Context: its own examples, what is ignored, and what is passed on."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hervat.journal.rules.line import Foreign
from hervat.journal.rules.trace import parse_traceparent, traceparent

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
CALLER = Foreign(trace_id=UUID(hex=TRACE), span_id=bytes.fromhex(SPAN))


@pytest.mark.parametrize(
    "header",
    [
        f"00-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-00",
        f"00-{TRACE}-{SPAN}-ff",
        f"01-{TRACE}-{SPAN}-01",
        f"cc-{TRACE}-{SPAN}-01-what-the-future-will-be-like",
        f"fe-{TRACE}-{SPAN}-01-",
    ],
)
def test_a_valid_header_of_any_version_gives_the_ids_of_the_caller(header: str) -> None:
    assert parse_traceparent(header) == CALLER


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "00",
        f"ff-{TRACE}-{SPAN}-01",
        f"ff-{TRACE}-{SPAN}-01-more",
        f"00-{TRACE}-{SPAN}-01-",
        f"00-{TRACE}-{SPAN}-01-more",
        f"cc-{TRACE}-{SPAN}-01.what-the-future-will-not-be-like",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE}-{SPAN.upper()}-01",
        f"0A-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-0G",
        f"00-{TRACE[:-1]}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}",
        f"00-{TRACE}-{SPAN}-1",
        f"00_{TRACE}_{SPAN}_01",
        f" 00-{TRACE}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01\n",
        f"00-{TRACE}-{SPAN}-01,00-{TRACE}-{SPAN}-01",
        f"00-{'٠' * 31}1-{SPAN}-01",
    ],
)
def test_a_header_that_is_not_valid_is_ignored(header: str | None) -> None:
    assert parse_traceparent(header) is None


def test_who_called_is_kept_beside_the_ids_when_it_is_known() -> None:
    foreign = parse_traceparent(f"00-{TRACE}-{SPAN}-01", entity="https://uwv.example/entities/1")

    assert foreign is not None
    assert foreign.entity == "https://uwv.example/entities/1"
    assert parse_traceparent("onzin", entity="https://uwv.example/entities/1") is None


def test_sampled_is_a_flag_of_the_header_that_is_passed_on() -> None:
    assert traceparent(UUID(hex=TRACE), bytes.fromhex(SPAN)) == f"00-{TRACE}-{SPAN}-01"
    assert traceparent(UUID(hex=TRACE), bytes.fromhex(SPAN), sampled=False) == f"00-{TRACE}-{SPAN}-00"


@given(
    st.binary(min_size=16, max_size=16).filter(any),
    st.binary(min_size=8, max_size=8).filter(any),
    st.booleans(),
)
def test_what_is_passed_on_can_be_read_again(trace: bytes, span: bytes, sampled: bool) -> None:
    header = traceparent(UUID(bytes=trace), span, sampled=sampled)

    assert parse_traceparent(header) == Foreign(trace_id=UUID(bytes=trace), span_id=span)


@given(st.text(max_size=80) | st.from_regex(r"\A[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.{0,3}\Z"))
def test_no_header_whatever_is_an_error(header: str) -> None:
    foreign = parse_traceparent(header)

    assert foreign is None or header.startswith(f"{header[:2]}-{foreign.trace_id.hex}-")
