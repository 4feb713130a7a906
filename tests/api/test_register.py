"""The addresses of the register API over HTTP, on the register in force. No test here has a database."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from hervat.api.register import VERSION
from hervat.register.in_force import history

ROOT = "/api/register/v1"
WELFARE = f"{ROOT}/processing_activities/aeb9dffc-9924-5d3f-9d9c-a8b40a1d4dab"
RECIPIENTS = f"{ROOT}/entities/d55e7971-622b-55e4-95f8-94c513132562"
UNKNOWN = "00000000-0000-5000-8000-000000000000"
FOUND = (
    f"{ROOT}/processing_activities",
    WELFARE,
    f"{WELFARE}/versions/1",
    RECIPIENTS,
    f"{ROOT}/entry",
    f"{ROOT}/entry/versions/1",
    f"{ROOT}/openapi.json",
)
NOT_FOUND = (
    f"{ROOT}",
    f"{ROOT}/",
    f"{ROOT}/processing_activities/{UNKNOWN}",
    f"{ROOT}/processing_activities/{UNKNOWN}/versions/1",
    f"{WELFARE}/versions/999999",
    f"{WELFARE}/versions",
    f"{ROOT}/entities/{UNKNOWN}",
    f"{ROOT}/entities",
    f"{ROOT}/entry/versions/999999",
    f"{ROOT}/docs",
    f"{ROOT}/nergens/<b>x</b>",
)
WRONG = (
    f"{WELFARE}/versions/0",
    f"{WELFARE}/versions/-1",
    f"{WELFARE}/versions/01",
    f"{WELFARE}/versions/1.0",
    f"{WELFARE}/versions/NaN",
    f"{WELFARE}/versions/1e0",
    f"{WELFARE}/versions/１",
    f"{WELFARE}/versions/1000000",
    f"{WELFARE}/versions/{'9' * 5000}",
    f"{WELFARE.upper().replace('/API/REGISTER/V1/PROCESSING_ACTIVITIES', ROOT + '/processing_activities')}",
    f"{ROOT}/processing_activities/welzijn",
    f"{ROOT}/processing_activities/{{aeb9dffc-9924-5d3f-9d9c-a8b40a1d4dab}}",
    f"{ROOT}/processing_activities/{'a' * 5000}",
    f"{ROOT}/processing_activities/%00",
    f"{ROOT}/entities/%0A",
    f"{ROOT}/entities/123456782",
    f"{ROOT}/entry/versions/NaN",
    f"{ROOT}/entry?on=2026-01-01",
    f"{ROOT}/processing_activities?active=true",
)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", FOUND)
def test_everything_is_answered_without_a_database(client: Client, address: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json; charset=utf-8")
    # So a query would have failed this test
    with pytest.raises((RuntimeError, ImproperlyConfigured)):
        connection.cursor()


@pytest.mark.parametrize(
    ("address", "status"), [*((one, 404) for one in NOT_FOUND), *((one, 400) for one in WRONG)]
)
def test_what_is_not_there_or_wrong_is_a_problem_in_dutch(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    problem = answer.json()

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (problem["status"], problem["type"]) == (status, "about:blank")
    assert problem["title"] == {404: "Niet gevonden", 400: "De vraag klopt niet"}[status]
    assert problem["detail"].endswith(".")
    assert set(problem) <= {"type", "status", "title", "detail", "errors"}
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [f"{ROOT}/entities/123456782", f"{ROOT}/entry?123456782=123456782"])
def test_a_problem_never_repeats_what_was_asked(client: Client, address: str) -> None:
    assert b"123456782" not in client.get(address).content


def test_what_is_refused_is_named_with_the_place_where_it_stands(client: Client) -> None:
    wrong = client.get(f"{ROOT}/processing_activities/welzijn/versions/nul").json()["errors"]

    assert [(one["place"], one["name"]) for one in wrong] == [
        ("path", "processingActivityId"),
        ("path", "processingActivityVersionNumber"),
    ]


@pytest.mark.parametrize("address", [*FOUND, *NOT_FOUND, *WRONG])
def test_every_answer_names_the_version_and_may_be_read_from_any_website(
    client: Client, address: str
) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "POST", "DELETE", "TRACE"):
        answer = client.generic(method, address)

        assert answer["API-Version"] == VERSION, method
        assert answer["Access-Control-Allow-Origin"] == "*", method
        assert "Set-Cookie" not in answer, method
        assert "html" not in answer.get("Content-Type", ""), method


@pytest.mark.parametrize("address", [f"{address}/" for address in FOUND])
def test_a_slash_at_the_end_is_another_address(client: Client, address: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert "schuine streep" in answer.json()["detail"]


def test_nothing_below_api_is_ever_a_page(client: Client) -> None:
    for address in ("/api/", "/api/x", "/api/logboek/v1/", "/api/register/v2/entry"):
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("address", FOUND)
def test_head_is_get_without_the_body(client: Client, address: str) -> None:
    whole, head = client.get(address), client.head(address)

    assert head.status_code == 200
    assert head.content == b""
    assert (head["ETag"], head["Content-Length"]) == (whole["ETag"], str(len(whole.content)))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_other_methods_are_refused_and_told_which_are_allowed(client: Client, method: str) -> None:
    answer = client.generic(method, f"{ROOT}/entry")

    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_a_browser_may_ask_beforehand(client: Client) -> None:
    answer = client.options(f"{ROOT}/entry", headers={"origin": "https://example.org"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Allow"] == answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/json", 200),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("application/*", 200),
        ("", 200),
        ("text/html", 406),
        ("*/*;q=0", 406),
        ("onzin", 406),
    ],
)
def test_only_json_is_given(client: Client, accept: str, status: int) -> None:
    answer = client.get(f"{ROOT}/entry", headers={"accept": accept})

    assert answer.status_code == status
    assert answer["Content-Type"].startswith(
        "application/problem+json" if status == 406 else "application/json"
    )


@pytest.mark.parametrize("address", FOUND)
def test_what_has_not_changed_is_not_sent_again(client: Client, address: str) -> None:
    tag = client.get(address)["ETag"]
    same = client.get(address, headers={"if-none-match": tag})
    other = client.get(address, headers={"if-none-match": '"iets anders"'})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)
    assert same["API-Version"] == VERSION
    assert other.status_code == 200


def test_a_compressed_answer_is_not_sent_again_either(client: Client) -> None:
    tag = client.get(f"{ROOT}/entry", headers={"accept-encoding": "gzip"})["ETag"]

    assert client.get(f"{ROOT}/entry", headers={"if-none-match": tag}).status_code == 304


def test_a_version_is_kept_longer_than_the_current_state(client: Client) -> None:
    assert client.get(f"{WELFARE}/versions/1")["Cache-Control"] == "public, max-age=86400"
    assert client.get(WELFARE)["Cache-Control"] == "public, max-age=300"


def test_every_activity_leads_to_its_latest_version_and_all_its_entities(client: Client) -> None:
    for activity in client.get(f"{ROOT}/processing_activities").json()["processingActivities"]:
        assert client.get(f"{ROOT}/processing_activities/{activity['id']}").json() == activity
        version = client.get(activity["hervat"]["latest"]).json()
        assert version["version"] == activity["latestVersion"]
        assert version["hervat"]["url"] == activity["hervat"]["latest"]
        for recipient in [version["recipients"], *version["hervat"]["recipients"]]:
            assert client.get(f"{ROOT}/entities/{recipient['entityId']}").status_code == 200


def test_every_purpose_of_every_version_has_an_address(client: Client) -> None:
    for register in history().versions:
        number = register.version.number
        whole = client.get(f"{ROOT}/entry/versions/{number}").json()
        purposes = [purpose for entry in whole["entries"] for purpose in entry["purposes"]]
        assert len(purposes) == sum(len(entry.purposes) for entry in register.entries)
        for purpose in purposes:
            address = f"{ROOT}/processing_activities/{purpose['processingActivityId']}/versions/{number}"
            assert client.get(address).json()["purpose"] == purpose["phrase"]


def test_the_whole_register_holds_every_cell_and_every_open_point(client: Client) -> None:
    register = history().latest
    whole = client.get(f"{ROOT}/entry/versions/{register.version.number}").json()
    cells = {
        (row["item"], one["role"]): one["cell"] for row in whole["reading"]["items"] for one in row["cells"]
    }

    assert whole["version"]["digest"] == register.version.digest
    assert [point["id"] for point in whole["openPoints"]] == list(register.open_points)
    assert cells == {
        (item, role): cell for item, row in register.reading.items.items() for role, cell in row.cells.items()
    }
