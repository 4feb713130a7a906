"""The addresses on which a course is recorded. Each one stands in `tests/web/inventory.py`."""

from django.urls import path

from hervat.web.course import mending, recording, story, tasks

urlpatterns = [
    path("dossier/<str:case>/verloop/", story.dossier_story, name="dossier-story"),
    path("dossier/<str:case>/wat-als/", story.dossier_what_if, name="dossier-what-if"),
    path("dossier/<str:case>/vastleggen/<slug:kind>/", recording.record_fact, name="dossier-record"),
    path("dossier/<str:case>/feit/<uuid:fact>/", mending.mend, name="dossier-fact"),
    path("dossier/<str:case>/taak/", tasks.add, name="dossier-task"),
    path("dossier/<str:case>/taak/<uuid:due>/klaar/", tasks.done, name="dossier-task-done"),
    path("dossier/<str:case>/taak/<uuid:due>/reden/", tasks.reason, name="dossier-reason"),
    path("dossier/<str:case>/taak/<uuid:due>/overslaan/", tasks.skip, name="dossier-skip"),
]
