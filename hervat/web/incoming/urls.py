"""The addresses of what comes in. A message goes by its own number, which is never about a person.

Read next: `messages.py`; each one stands in `tests/web/inventory.py`.
"""

from django.urls import path

from hervat.web.incoming import messages

urlpatterns = [
    path("personeelssysteem/", messages.feed, name="feed"),
    path("personeelssysteem/<uuid:entry>/", messages.feed_message, name="feed-message"),
]
