"""Every address of the pages, in one list: what a test of all pages goes through.

`test_inventory.py` fails when an address of `hervat/web/urls.py` is missing here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visit:
    """A page to look at: the name of its address, where, and the status it answers with."""

    name: str
    path: str
    status: int = 200


PAGES = (
    Visit("front", "/"),
    Visit("register", "/register/"),
    Visit("register", "/register/?versie=1"),
    Visit("matrix", "/register/matrix/"),
    Visit("matrix", "/register/matrix/?rol=commandant&gegeven=bsn"),
    Visit("matrix", "/register/matrix/?rol=commandant"),
    Visit("matrix", "/register/matrix/?rol=arts-egb&doel=wettelijke-plicht"),
    Visit("matrix", "/register/matrix/?gegeven=medische-gegevens"),
    Visit("matrix", "/register/matrix/?rollen=alle&gebruik=schrijven&toon=toegang"),
    Visit("open-points", "/register/open-points/"),
    Visit("open-points", "/register/open-points/?stand=open&intussen=weigeren"),
    Visit("accessibility", "/toegankelijkheid/"),
    Visit("matrix", "/register/matrix/?rol=koning", 400),
    Visit("register", "/register/?versie=999", 404),
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
