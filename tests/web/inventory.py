"""Every address of the pages, in one list: what a test of all pages goes through.

`test_inventory.py` fails when an address of `hervat/web/urls.py` is missing here.
"""

from dataclasses import dataclass

LOOKS = ("light", "dark", "phone", "forced", "opened")


@dataclass(frozen=True, slots=True)
class Visit:
    """A page to look at: the name of its address, where, and the status it answers with.

    `looks` are those that axe, which is slow, goes through: none for a page that looks like another of
    the list with other words, one for a page with hundreds of the same cells.
    """

    name: str
    path: str
    status: int = 200
    looks: tuple[str, ...] = LOOKS
    computes: bool = False
    """Whether something sent to the page is answered too; every other page can only be read."""


PAGES = (
    Visit("front", "/"),
    Visit("register", "/register/"),
    Visit("register", "/register/?versie=1", looks=()),
    Visit("matrix", "/register/matrix/", looks=("light",)),
    Visit("matrix", "/register/matrix/?rol=commandant&gegeven=mgo", looks=()),
    Visit("matrix", "/register/matrix/?klasse=medisch&rol=commandant&gegeven=mgo"),
    Visit("matrix", "/register/matrix/?klasse=bijzonder"),
    Visit("matrix", "/register/matrix/?rol=commandant"),
    Visit("matrix", "/register/matrix/?rol=arts-egb&doel=wettelijke-plicht"),
    Visit("matrix", "/register/matrix/?gegeven=medische-gegevens"),
    Visit("matrix", "/register/matrix/?rollen=alle&gebruik=schrijven&toon=toegang", looks=()),
    Visit("open-points", "/register/open-points/"),
    Visit("open-points", "/register/open-points/?stand=open&intussen=weigeren", looks=()),
    Visit("terms", "/termijnen/", computes=True),
    Visit("terms-rules", "/termijnen/regels/", looks=("light", "dark", "phone", "forced")),
    Visit("accessibility", "/toegankelijkheid/"),
    Visit("matrix", "/register/matrix/?rol=koning", 400),
    Visit("register", "/register/?versie=999", 404, looks=()),
)
FILES = (
    Visit("register-text", "/register/entry.txt"),
    Visit("register-markdown", "/register/entry.md"),
)
FORMS = (
    Visit("choose-language", "/voorkeuren/taal/", 303),
    Visit("choose-theme", "/voorkeuren/weergave/", 303),
)
# Exists only in a deployment with a style sheet of its own; test_theme.py
ELSEWHERE = (Visit("theme-css", "/theme.css"),)
