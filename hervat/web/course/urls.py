"""The addresses on which a course is recorded. Each one stands in `tests/web/inventory.py`."""

from django.urls import path

from hervat.web.course import recording

urlpatterns = [
    path("dossier/<str:case>/vastleggen/<slug:kind>/", recording.record_fact, name="dossier-record"),
]
