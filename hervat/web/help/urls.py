"""The addresses of the help. Each one stands in `tests/web/inventory.py`."""

from django.urls import path

from hervat.web.help import views

urlpatterns = [
    path("hulp/", views.help_page, name="help"),
    path("hulp/stap/<slug:step>/", views.help_step, name="help-step"),
    path("hulp/<slug:topic>/", views.help_topic, name="help-topic"),
]
