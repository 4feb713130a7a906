"""The addresses of what comes in. A message goes by its own number, which is never about a person.

Read next: `messages.py`, `opening.py`; each one stands in `tests/web/inventory.py`.
"""

from django.urls import path

from hervat.web.incoming import messages, opening

urlpatterns = [
    path("caseload/nieuw/", opening.dossier_new, name="dossier-new"),
    path("personeelssysteem/", messages.feed, name="feed"),
    path("personeelssysteem/<uuid:entry>/", messages.feed_message, name="feed-message"),
]
