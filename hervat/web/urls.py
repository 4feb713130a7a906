"""The addresses of the pages. Read next: `views.py`; each one stands in `tests/web/inventory.py`."""

from django.urls import path

from hervat.web import preferences, theme, views
from hervat.web.account.urls import urlpatterns as account
from hervat.web.administration.urls import urlpatterns as administration
from hervat.web.course.urls import urlpatterns as course
from hervat.web.dossiers.urls import urlpatterns as dossiers
from hervat.web.help.urls import urlpatterns as help_pages
from hervat.web.incoming.urls import urlpatterns as incoming
from hervat.web.login.urls import urlpatterns as login
from hervat.web.oversight.urls import urlpatterns as oversight
from hervat.web.terms import views as terms
from hervat.web.work.urls import urlpatterns as work

urlpatterns = [
    path("", views.front, name="front"),
    path("register/", views.register, name="register"),
    path("register/entry.txt", views.register_text, name="register-text"),
    path("register/entry.md", views.register_markdown, name="register-markdown"),
    path("register/matrix/", views.matrix, name="matrix"),
    path("register/open-points/", views.open_points, name="open-points"),
    path("termijnen/", terms.terms, name="terms"),
    path("termijnen/regels/", terms.rules, name="terms-rules"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("voorkeuren/taal/", preferences.choose_language, name="choose-language"),
    path("voorkeuren/weergave/", preferences.choose_theme, name="choose-theme"),
    path("theme.css", theme.theme_css, name="theme-css"),
    *work,
    *dossiers,
    *course,
    *incoming,
    *login,
    *account,
    *administration,
    *oversight,
    *help_pages,
]
