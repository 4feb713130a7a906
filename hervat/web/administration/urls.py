"""The addresses of administration. The code of a user says nothing of a person.

Read next: `users.py`, `units.py`, tests/web/inventory.py.
"""

from django.urls import path

from hervat.web.administration import units, users

urlpatterns = [
    path("beheer/gebruikers/", users.every, name="users"),
    path("beheer/gebruikers/nieuw/", users.new, name="user-new"),
    path("beheer/gebruikers/<uuid:user>/", users.one, name="user"),
    path("beheer/gebruikers/<uuid:user>/code/", users.paper, name="user-paper"),
    path("beheer/goedkeuren/", users.approvals, name="approvals"),
    path("beheer/eenheden/", units.every, name="units"),
]
