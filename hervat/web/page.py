"""What every page shows around its own content: menu, language, theme, demonstration, who is logged in.

Must never: touch the database or set a cookie for a visitor without a session.
Read next: `templates/hervat/base.html`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hervat.register.vocabulary import Role
from hervat.web.login.visitor import ASSIGNED, WITH_A_TEAM, Visitor, visitor_of
from hervat.web.preferences import Language, Theme, language_of, theme_of
from hervat.web.source import is_demo

_OVERSEEING = frozenset({Role.PRIVACY_OFFICER, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link of the main menu; `current` as aria-current says it, `waits` how many things wait there."""

    text: str
    href: str
    current: str
    waits: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of a switch."""

    value: str
    text: str
    pressed: str


@dataclass(frozen=True, slots=True)
class Page:
    """The frame of a page. `nl` marks Dutch text inside another language, and is empty in Dutch."""

    language: str
    other_language: Choice
    theme: str
    themes: tuple[Choice, ...]
    menu: tuple[MenuItem, ...]
    tabs: tuple[MenuItem, ...]
    way_back: str
    nl: SafeString
    demo: bool
    theme_css: str
    visitor: Visitor | None


def frame(request: HttpRequest) -> dict[str, Page]:
    """Context processor: give every template its frame."""
    language = language_of(request)
    theme, visitor = theme_of(request), visitor_of(request)
    return {
        "page": Page(
            language=language.value,
            other_language=_other(language),
            theme=theme.value,
            themes=_themes(theme),
            menu=_menu(request.path, visitor),
            tabs=_tabs(request.path, visitor),
            way_back=_way_back(request),
            nl=mark_safe("" if language is Language.DUTCH else ' lang="nl"'),  # noqa: S308 - constants
            demo=is_demo(request),
            theme_css=reverse("theme-css") if settings.THEME_CSS else "",
            visitor=visitor,
        )
    }


def _way_back(request: HttpRequest) -> str:
    """Where to return after choosing a language: this page, or its empty form if it answers what was sent."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return reverse("terms") if request.path == reverse("terms") else "/"


def _other(language: Language) -> Choice:
    if language is Language.DUTCH:
        return Choice(Language.ENGLISH.value, "English", "")
    return Choice(Language.DUTCH.value, "Nederlands", "")


def _themes(chosen: Theme) -> tuple[Choice, ...]:
    words = {Theme.SYSTEM: _("systeem"), Theme.LIGHT: _("licht"), Theme.DARK: _("donker")}
    return tuple(Choice(theme.value, words[theme], str(theme is chosen).lower()) for theme in Theme)


def _menu(path: str, visitor: Visitor | None) -> tuple[MenuItem, ...]:
    """The pages of one's work, then the register; for a visitor the pages of the register are the menu."""
    if visitor is None or not visitor.whole:
        return _items(path, _register_pages())
    tabs = _register_pages()
    waiting = ((_("Voorstellen"), "proposals", visitor.proposed), (_("Berichten"), "feed", visitor.set_apart))
    held = (*_items(path, _own_pages(visitor.held)), *_waiting(path, waiting))
    current = "true" if path in {href for _text, href in tabs} else ""
    return (*held, MenuItem(_("Register"), tabs[0][1], "page" if path == tabs[0][1] else current))


def _waiting(path: str, found: Iterable[tuple[str, str, int | None]]) -> tuple[MenuItem, ...]:
    """What waits for one: proposals, messages that could not be taken in; None is nothing of one's own."""
    pages = [(text, reverse(name), waits) for text, name, waits in found if waits is not None]
    return tuple(MenuItem(text, href, "page" if href == path else "", waits) for text, href, waits in pages)


def _tabs(path: str, visitor: Visitor | None) -> tuple[MenuItem, ...]:
    """The pages of the register beside each other, for who has other things in the menu."""
    if visitor is None or not visitor.whole:
        return ()
    items = _items(path, _register_pages())
    return items if any(item.current for item in items) else ()


def _register_pages() -> tuple[tuple[str, str], ...]:
    return (
        (_("Register"), reverse("register")),
        (_("Wie mag wat zien"), reverse("matrix")),
        (_("Open punten"), reverse("open-points")),
        (_("Termijnen"), reverse("terms")),
    )


def _items(path: str, pages: tuple[tuple[str, str], ...]) -> tuple[MenuItem, ...]:
    return tuple(MenuItem(text, href, "page" if href == path else "") for text, href in pages)


def _own_pages(held: frozenset[Role]) -> tuple[tuple[str, str], ...]:
    """Where somebody works; what may be seen there is decided there. Anybody can be ill."""
    found = [(_("Toezicht"), reverse("log"))] if held & _OVERSEEING else []
    found += [(_("Beheer"), reverse("users"))] if Role.ADMINISTRATOR in held else []
    if not held or held - _OVERSEEING - {Role.ADMINISTRATOR}:
        found = [(_("Nu doen"), reverse("now")), *found]
        found += [(_("Werklijst"), reverse("work-list"))] if held & ASSIGNED else []
        found += [(_("Caseload"), reverse("caseload"))]
        found += [(_("Team"), reverse("team"))] if held & WITH_A_TEAM else []
    return (*found, (_("Mijn traject"), reverse("my-course")))
