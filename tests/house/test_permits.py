"""No permit, no read, no write; and no read or write without its lines, as far as the source can tell.

What is public in the queries and the actions of a room takes a permit and can reach the log, or it stands in
a list here with the reason. What is a part of a query or an action is used by its own room only.
Read next: `graph.py`; that a line really is written is for `tests/matrix/`.
"""

import ast
from pathlib import Path

import pytest

from .graph import Function, House, Name, our_house
from .tree import APPS, plant

APPEND = ("hervat.journal.actions.append", "append")
# The log itself is below every permit: who reads it hands over who asks, and sealing tells of itself.
ROOMS = tuple(room for room in APPS if room != "journal")

BEFORE_ANY_PERMIT = {
    "hervat/dossiers/queries/relation.py:relation": "the door's question; the door logs what it decides",
    "hervat/dossiers/queries/relation.py:person_of": "the door's question; the door logs what it decides",
    "hervat/dossiers/queries/relation.py:proposed": "the door's question; what is shown of it is logged",
    "hervat/dossiers/queries/relation.py:own_cases": "the door's question; what is shown of it is logged",
    "hervat/dossiers/queries/relation.py:whose": "the door's question; the look in the log is logged",
    "hervat/dossiers/queries/permitted.py:together": "reaches nothing: only what opens in it does",
    "hervat/course/queries/caseload.py:sorts_of": "reads nothing: which orders a permit allows",
    "hervat/course/queries/caseload.py:steps_of": "reads nothing: which steps a permit lets be chosen",
    "hervat/course/queries/caseload.py:chooses_by": "reads nothing: whether a permit shows an item",
    "hervat/organisation/queries/standing.py:roles_on": "the door's question",
    "hervat/organisation/queries/standing.py:standing_on": "the door's question",
    "hervat/organisation/queries/standing.py:is_disabled": "the door's question",
    "hervat/organisation/queries/standing.py:unit_tree": "units are about nobody",
    "hervat/organisation/queries/accounts.py:account_of": "before anybody is logged in",
    "hervat/organisation/queries/accounts.py:code_of": "before anybody is logged in",
    "hervat/organisation/actions/activations.py:show_paper_code": "before anybody is logged in",
    "hervat/organisation/actions/activations.py:check_mail_code": "before anybody is logged in",
    "hervat/organisation/actions/activations.py:use_activation": "before anybody is logged in",
    "hervat/organisation/actions/activations.py:renews_factors": "before anybody is logged in",
    "hervat/organisation/actions/activations.py:whose": "before anybody is logged in",
    "hervat/organisation/actions/log_in.py:tell": "logging in is what it logs",
    "hervat/organisation/actions/log_in.py:unknown": "a keyed trace of a name that nobody has",
    "hervat/organisation/queries/accounts.py:is_closed": "yes or no, for who destroys its key and logs that",
    "hervat/vault/queries.py:keyring": "keys and no items; the room that opens with them logs",
    "hervat/vault/queries.py:search_keys": "keys and no items; the room that searches logs",
    "hervat/vault/queries.py:keys_for": "keys and no items; the room that opens with them logs",
    "hervat/vault/queries.py:status": "how many keys there are, of nobody in particular",
    "hervat/vault/actions.py:make_keys": "in the transaction of who makes the person, and logs that",
    "hervat/vault/actions.py:rotate": "a command of the owner of the keys, which logs every key",
    "hervat/dossiers/actions/door_key.py:keep_door_key": "the owner of the database gives it its key",
    "hervat/dossiers/queries/of_employee.py:of_employee": "the feed's question; its actions log",
    "hervat/vault/actions.py:forget_keys": "in the transaction of who destroys, and logs that",
    "hervat/exchange/queries/clients.py:find_client": "systems that may send, about nobody",
    "hervat/exchange/queries/clients.py:list_clients": "systems that may send, about nobody",
    "hervat/exchange/queries/waiting.py:how_many_wait": "a number about nobody, above a page",
    "hervat/exchange/actions/receive.py:receive": "the door hands a permit over for each message",
    "hervat/exchange/actions/loading.py:load_row": "the door hands a permit over for each row",
    "hervat/exchange/actions/loading.py:load_rows": "the door hands a permit over for their units",
    "hervat/vault/actions.py:make_new_keys": "in the transaction of who makes the people, and logs that",
}
PARTS = {
    "hervat/dossiers/queries/cells.py": {"refusal", "visible", "readable", "place_of"},
    "hervat/dossiers/queries/history.py": {"owner_of"},
    "hervat/dossiers/queries/assignments.py": {"here", "people_of"},
    "hervat/dossiers/queries/lines.py": {"met", "record_of_dossier"},
    "hervat/dossiers/queries/permitted.py": {"permitted", "permitted_person", "reaching"},
    "hervat/dossiers/queries/reported.py": {"latest_of"},
    "hervat/dossiers/queries/rows.py": {"rows_of", "within", "not_own"},
    "hervat/dossiers/actions/recording.py": {"lock", "write", "demand_write", "keep_name_tokens"},
    "hervat/dossiers/actions/changing.py": {
        "change",
        "changed",
        "hold_batch",
        "move_first_sick_day",
        "note_report",
    },
    "hervat/course/actions/keeping.py": {
        *(
            "place_of",
            "domain_of",
            "key_of",
            "facts_of",
            "facts_of_many",
            "add",
            "road_of",
            "find",
            "replace_row",
            "met_by",
        ),
        "demand_write",
    },
    "hervat/course/actions/dues.py": {
        *("place_of_reason", "place_of_title", "read_dues", "with_ids", "write_dues", "write_standings"),
        "forget_standing",
    },
    "hervat/dossiers/queries/chosen.py": {
        *("reach_of", "chosen", "first_sick_day_of", "closings_of", "guided", "set_aside"),
        "working_on",
    },
    "hervat/course/queries/reading.py": {
        *("read_facts", "knows", "why_not", "cell", "situation_of"),
    },
    "hervat/course/queries/walking.py": {"mine_late", "mine_soon", "of_others", "page"},
    "hervat/course/queries/reported.py": {"where_to", "as_changing"},
    "hervat/course/queries/steps.py": {"steps", "milestones", "points"},
    "hervat/course/queries/dues.py": {"dues_of"},
    "hervat/course/queries/due.py": {"asked_of", "found_by", "rows_told"},
    "hervat/course/queries/caseload.py": {"page_of", "views_of", "seen_of", "demand_choosable"},
    "hervat/course/queries/lists.py": {
        *("codes_known", "signals_known", "scoped", "rows_by_id", "standings"),
    },
    "hervat/course/actions/stale.py": {"recorded_since"},
    "hervat/course/actions/following.py": {"follow", "said_of"},
    "hervat/course/actions/recording.py": {"open_for_change"},
    "hervat/exchange/actions/applying.py": {"apply", "as_changing"},
    "hervat/exchange/actions/amending.py": {"correct", "withdraw"},
    "hervat/exchange/actions/judging.py": {"judged", "demand_items", "place_named"},
    "hervat/exchange/actions/renewing.py": {"renew"},
    "hervat/exchange/actions/quarantine.py": {"set_apart", "settled"},
    "hervat/organisation/queries/standing.py": {"as_posting", "postings_near"},
    "hervat/organisation/queries/lists.py": {"cell", "operation_of"},
    "hervat/organisation/queries/colleagues.py": {"demand_choosing", "workers_of", "workers_at"},
    "hervat/organisation/actions/deputies.py": {"as_deputation"},
    "hervat/organisation/actions/postings.py": {"post", "end"},
    "hervat/organisation/actions/recording.py": {
        "demand_in_full",
        "demand_somebody",
        "by",
        "of_user",
        "of_unit",
        "of_deputy",
        "administered",
        "refused",
    },
}
"""Parts of queries and actions: no mouth and no other room may use them."""
_ROWS = "who a row of another room is about stands here, under the same permit"
FOR_ROOMS_ABOVE = {
    **{
        ("hervat.dossiers.queries.chosen", name): _ROWS
        for name in (
            "reach_of",
            "chosen",
            "first_sick_day_of",
            "closings_of",
            "guided",
            "set_aside",
            "working_on",
        )
    },
    ("hervat.dossiers.queries.assignments", "here"): "assignments tell of a signal and of who works here",
    ("hervat.dossiers.queries.assignments", "people_of"): "a course and who works on it are one page",
    ("hervat.dossiers.queries.reported", "latest_of"): "whether it is the same case is the law's to say",
    ("hervat.dossiers.queries.cells", "visible"): "what a line of the log names",
    ("hervat.dossiers.queries.cells", "readable"): "what a permit makes of a value",
    ("hervat.dossiers.queries.lines", "met"): "a line about a dossier looks the same everywhere",
    ("hervat.dossiers.queries.permitted", "permitted"): "what stands in tables of a dossier is reached so",
    ("hervat.dossiers.queries.cells", "refusal"): "what a permit makes of an item is decided in one place",
    ("hervat.organisation.queries.colleagues", "demand_choosing"): "who may assign is asked in one place",
    ("hervat.organisation.queries.colleagues", "workers_of"): "role and unit belong to the same act",
    ("hervat.organisation.queries.colleagues", "workers_at"): "who comes by posting belongs to the same act",
    ("hervat.dossiers.actions.changing", "change"): "one lock and one version for all of a dossier",
    ("hervat.dossiers.actions.changing", "hold_batch"): "many at once, for who plans them again",
    ("hervat.dossiers.actions.changing", "changed"): "the same dossier, after an action of its own room",
    ("hervat.dossiers.actions.changing", "move_first_sick_day"): "follows from the facts of the course",
    ("hervat.dossiers.actions.changing", "note_report"): "follows from the facts of the course",
}
"""Parts that a room above may use, inside a query or action of its own that logs; a mouth never."""
BY_PLACE = {"hervat/vault/actions.py:destroy_keys"}
"""Takes its permit by place and not by name."""
FOR_THE_DOOR = {
    ("hervat.dossiers.queries.of_employee", "of_employee"),
    ("hervat.exchange.queries.waiting", "how_many_wait"),
    ("hervat.dossiers.queries.relation", "relation"),
    ("hervat.dossiers.queries.relation", "person_of"),
    ("hervat.dossiers.queries.relation", "whose"),
    ("hervat.dossiers.queries.relation", "proposed"),
    ("hervat.dossiers.queries.relation", "own_cases"),
    ("hervat.organisation.queries.standing", "roles_on"),
    ("hervat.organisation.queries.standing", "standing_on"),
    ("hervat.organisation.queries.standing", "is_disabled"),
}

ACT_OF = ("hervat.journal.actions.acting", "act_of")
BEGINS_AN_ACT = {
    "hervat.access.asking.log_refusal": "there is no permit: the door said no",
    "hervat.organisation.actions.log_in._act": "logging in is what it logs",
    "hervat.vault.actions._act_of_rotation": "a command of the owner of the keys",
    "hervat.journal.actions.clients._log": "a command of the owner of the log",
    "hervat.cli.journal_proofs._act": "a command of the owner of the log",
    "hervat.api.oversight._act": "a connection with a key of its own",
    "hervat.api.delivering._act": "a connection with a key of its own",
}
"""Who begins an act without a permit, and why; everything else goes through `act_of`."""

OWN_ROLES = "hervat.web.login.visitor.postings_of"
"""Asks as what a visitor may act, to write it above their own pages."""


def _is_part(function: Function) -> bool:
    return function.node.name in PARTS.get(function.path, ())


def entrances(house: House, kind: str) -> list[Function]:
    """The public functions of a kind that need a permit: no part, and none that comes before any permit."""
    found = house.functions(*ROOMS, kind=kind)
    return [one for one in found if not _is_part(one) and one.where not in BEFORE_ANY_PERMIT]


def without_a_permit(house: House) -> list[str]:
    queries = [one.where for one in entrances(house, "queries") if not one.takes_a_permit()]
    actions = [
        one.where
        for one in entrances(house, "actions")
        if not one.takes_a_permit(by_keyword=one.where not in BY_PLACE)
    ]
    return queries + actions


def without_a_line(house: House) -> list[str]:
    found = [*entrances(house, "queries"), *entrances(house, "actions")]
    return [one.where for one in found if APPEND not in house.reached_from(one.name)]


def parts_used_elsewhere(house: House) -> list[str]:
    found = [*house.functions(*ROOMS, kind="queries"), *house.functions(*ROOMS, kind="actions")]
    return sorted(
        f"{'.'.join(user)} uses {part.where}"
        for part in found
        if _is_part(part)
        for user in house.users_of(part.name)
        if user[0].split(".")[1] != part.module.split(".")[1]
        and not (part.name in FOR_ROOMS_ABOVE and user[0].split(".")[1] in ROOMS)
        and not user[0].startswith("hervat.cli.crowd_")  # writes rows as the owner, in a demo
    )


def asked_beside_the_door(house: House) -> list[str]:
    """Who asks a question of the door and is neither of `access/` nor of the room that answers it."""
    return sorted(
        f"{'.'.join(user)} asks {question[1]}"
        for question in FOR_THE_DOOR
        for user in house.users_of(question)
        if user[0].split(".")[1] not in {"access", question[0].split(".")[1]} and ".".join(user) != OWN_ROLES
    )


def acts_beside_a_permit(house: House) -> list[str]:
    """Who begins an act otherwise than from a permit, and does not stand in the list."""
    beginners = house.users_of(("hervat.journal.rules.acts", "Act")) - {ACT_OF}
    made = {".".join(one) for one in beginners if not _only_names_it(house, one)}
    return sorted(made - set(BEGINS_AN_ACT))


def _only_names_it(house: House, name: Name) -> bool:
    """Whether a function names the type in its parameters, and calls it nowhere."""
    return not any(_called(call) == "Act" for call in house.calls_in(name))


def operations_that_are_not_asked(house: House) -> list[str]:
    """Where an act is made of an operation before the permit was asked for it, or is given another."""
    asks = [_called(call) for call in house.calls_in(ACT_OF)]
    unasked = [] if "demand_operation" in asks[:1] else [".".join(ACT_OF)]
    changed = [
        ".".join(name)
        for name in house.names()
        for call in house.calls_in(name)
        if _called(call) == "replace" and "operation" in {key.arg for key in call.keywords}
    ]
    return unasked + changed


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


# --- our own house -------------------------------------------------------------------------------


@pytest.fixture
def house() -> House:
    return our_house()


def test_every_query_and_every_action_takes_a_permit(house: House) -> None:
    assert without_a_permit(house) == []


def test_every_query_and_every_action_can_reach_the_log(house: House) -> None:
    assert without_a_line(house) == []


def test_a_part_of_a_query_or_action_is_used_in_its_own_room_only(house: House) -> None:
    assert parts_used_elsewhere(house) == []


def test_a_question_of_the_door_is_asked_by_the_door_only(house: House) -> None:
    assert asked_beside_the_door(house) == []


def test_the_lists_name_nothing_that_is_not_there(house: House) -> None:
    there = {one.where for kind in ("queries", "actions") for one in house.functions(*ROOMS, kind=kind)}
    named = {f"{path}:{name}" for path, names in PARTS.items() for name in names}

    parts = {
        f"hervat.{path[7:-3].replace('/', '.')}.{name}" for path, names in PARTS.items() for name in names
    }
    assert {".".join(name) for name in FOR_ROOMS_ABOVE} <= parts
    assert (named | set(BEFORE_ANY_PERMIT) | BY_PLACE) - there == set()
    assert named & set(BEFORE_ANY_PERMIT) == set()
    assert len(entrances(house, "queries")) > 10
    assert len(entrances(house, "actions")) > 15


def closed_without_the_key(house: House) -> list[str]:
    """Who closes an account, or destroys its key, and not both."""
    whole = ("hervat.access.accounts", "close_account")
    halves = (
        ("hervat.organisation.actions.users", "disable_user"),
        ("hervat.vault.actions", "destroy_log_in_key"),
    )
    return sorted(
        f"{'.'.join(user)} uses {half[1]}" for half in halves for user in house.users_of(half) - {whole}
    )


def test_an_account_is_closed_with_the_key_of_its_secrets_and_never_without(house: House) -> None:
    assert closed_without_the_key(house) == []
    assert len(house.users_of(("hervat.access.accounts", "close_account"))) > 1


def test_the_keys_of_a_person_are_destroyed_with_all_they_are_found_by_and_never_alone(house: House) -> None:
    whole = ("hervat.dossiers.actions.forgetting", "forget_person")

    assert house.users_of(("hervat.vault.actions", "destroy_keys")) == {whole}


def test_an_act_begins_with_a_permit_that_holds_its_operation(house: House) -> None:
    assert acts_beside_a_permit(house) == []
    assert operations_that_are_not_asked(house) == []
    assert set(BEGINS_AN_ACT) <= {".".join(name) for name in house.names()}


# --- seen to fail --------------------------------------------------------------------------------

_LOG = "def append(lines): ...\ndef record(act): append([act])\n"
_GOOD = """
from hervat.journal.actions.append import record
from hervat.register.permit import Permit
def read(permit: Permit, *, item): return _logged(permit)
def _logged(permit): record(permit)
def write(*, permit: Permit): _logged(permit)
"""


def test_a_query_or_action_without_a_permit_or_a_line_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/journal/actions/append.py", _LOG)
    plant(tmp_path, "hervat/register/permit.py", "class Permit: ...\n")
    plant(tmp_path, "hervat/course/queries.py", _GOOD)
    plant(
        tmp_path,
        "hervat/course/actions.py",
        _GOOD.replace("def read(permit: Permit, *, item)", "def _read(permit)"),
    )
    assert without_a_permit(House(tmp_path)) == without_a_line(House(tmp_path)) == []

    plant(tmp_path, "hervat/survey/queries/answers.py", "def answers(permit): ...\ndef _own(): ...\n")
    plant(tmp_path, "hervat/survey/actions/answer.py", _GOOD.replace("record(permit)", "pass"))

    assert without_a_permit(House(tmp_path)) == [
        "hervat/survey/queries/answers.py:answers",
        "hervat/survey/actions/answer.py:read",
    ]
    assert without_a_line(House(tmp_path)) == [
        "hervat/survey/queries/answers.py:answers",
        "hervat/survey/actions/answer.py:read",
        "hervat/survey/actions/answer.py:write",
    ]


def test_a_part_in_another_room_and_a_question_beside_the_door_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/dossiers/queries/rows.py", "def rows_of(permit): ...\n")
    plant(tmp_path, "hervat/dossiers/queries/relation.py", "def relation(user): ...\n")
    uses = "from hervat.dossiers.queries import relation, rows\ndef ask(): return {}\n"
    plant(tmp_path, "hervat/dossiers/queries/overview.py", uses.format("rows.rows_of, relation.relation"))
    plant(tmp_path, "hervat/access/door.py", uses.format("relation.relation"))
    assert parts_used_elsewhere(House(tmp_path)) == asked_beside_the_door(House(tmp_path)) == []

    plant(tmp_path, "hervat/web/views.py", uses.format("rows.rows_of, relation.relation"))

    assert parts_used_elsewhere(House(tmp_path)) == [
        "hervat.web.views.ask uses hervat/dossiers/queries/rows.py:rows_of"
    ]
    assert asked_beside_the_door(House(tmp_path)) == ["hervat.web.views.ask asks relation"]


_ACTING = """
from hervat.journal.rules.acts import Act
def act_of(permit, operation): {}
"""


def test_an_act_of_another_operation_or_beside_a_permit_is_found(tmp_path: Path) -> None:
    plant(tmp_path, "hervat/journal/rules/acts.py", "class Act: ...\n")
    good = "return permit.demand_operation(operation) or Act(operation=operation)"
    plant(tmp_path, "hervat/journal/actions/acting.py", _ACTING.format(good))
    plant(
        tmp_path,
        "hervat/course/actions.py",
        "from hervat.journal.rules.acts import Act\ndef write(act: Act): act.trace\n",
    )
    assert acts_beside_a_permit(House(tmp_path)) == operations_that_are_not_asked(House(tmp_path)) == []

    plant(tmp_path, "hervat/journal/actions/acting.py", _ACTING.format("return Act(operation=operation)"))
    plant(
        tmp_path,
        "hervat/course/actions.py",
        "from hervat.journal.rules.acts import Act\n"
        "def write(permit): return Act(operation=1)\n"
        "def change(act): return replace(act, operation=2)\n",
    )

    assert acts_beside_a_permit(House(tmp_path)) == ["hervat.course.actions.write"]
    assert operations_that_are_not_asked(House(tmp_path)) == [
        "hervat.journal.actions.acting.act_of",
        "hervat.course.actions.change",
    ]
