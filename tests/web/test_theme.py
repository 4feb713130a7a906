"""The deployment's own style sheet: served when named, refused at start-up when it is not there."""

from pathlib import Path

from django.core.checks import run_checks
from django.test import Client
from django.test.utils import override_settings


def test_a_named_style_sheet_comes_after_the_tokens(visitor: Client, tmp_path: Path) -> None:
    sheet = tmp_path / "stad.css"
    sheet.write_text(":root { --brand: #123456 }", encoding="utf-8")
    with override_settings(THEME_CSS=str(sheet)):
        page = visitor.get("/").content.decode()
        served = visitor.get("/theme.css")

    assert page.index("tokens.css") < page.index("/theme.css") < page.index("hervat.css")
    assert served.content == sheet.read_bytes()
    assert served.headers["Content-Type"] == "text/css; charset=utf-8"


def test_without_one_there_is_no_such_address(visitor: Client) -> None:
    assert visitor.get("/theme.css").status_code == 404
    assert "theme.css" not in visitor.get("/").content.decode()


def test_a_style_sheet_that_is_not_there_is_refused_at_start_up(tmp_path: Path) -> None:
    with override_settings(THEME_CSS=str(tmp_path / "weg.css")):
        found = [message.id for message in run_checks()]

    assert "hervat.web.E001" in found
    assert "hervat.web.E001" not in [message.id for message in run_checks()]
