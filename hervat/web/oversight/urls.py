"""The addresses of oversight. A trace is the number of an action and says nothing of a person.

Read next: `log.py`, `points.py`, tests/web/inventory.py.
"""

from django.urls import path

from hervat.web.oversight import log, points

urlpatterns = [
    path("toezicht/logboek/", log.lines, name="log"),
    path("toezicht/logboek/uitvoer/", log.take_along, name="log-export"),
    path("toezicht/logboek/<uuid:trace>/", log.action, name="log-action"),
    path("toezicht/open-punten/", points.every, name="acceptances"),
    path("toezicht/open-punten/<str:code>/", points.one, name="acceptance"),
]
