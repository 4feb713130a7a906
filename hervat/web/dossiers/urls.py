"""The addresses of the pages with people in them. A case number may stand in a path; nothing else of anybody.

Read next: `views.py`, tests/web/inventory.py.
"""

from django.urls import path

from hervat.web.dossiers import assigning, changing, mine, oversight, views

urlpatterns = [
    path("voorstellen/", assigning.waiting, name="proposals"),
    path("dossier/<str:case>/", views.dossier, name="dossier"),
    path("dossier/<str:case>/gegevens/", views.dossier_data, name="dossier-data"),
    path("dossier/<str:case>/waarom/<str:item>/", views.dossier_why, name="dossier-why"),
    path("dossier/<str:case>/geschiedenis/<str:field>/", views.dossier_history, name="dossier-history"),
    path("dossier/<str:case>/wijzigen/<str:part>/", changing.correct, name="dossier-correct"),
    path("dossier/<str:case>/sluiten/", changing.close, name="dossier-close"),
    path("dossier/<str:case>/heropenen/", changing.reopen, name="dossier-reopen"),
    path("dossier/<str:case>/toewijzingen/", assigning.assigned, name="dossier-assignments"),
    path("dossier/<str:case>/voorstel/", assigning.proposal, name="dossier-proposal"),
    path("mijn/", mine.my_course, name="my-course"),
    path("mijn/dossier/<str:case>/", mine.my_course, name="my-case"),
    path("mijn/informatie/", mine.my_notice, name="my-notice"),
    path("mijn/lezers/", mine.my_readers, name="my-readers"),
    path("mijn/lezers/vraag/", mine.ask_officer, name="ask-officer"),
    path("toezicht/waarom/", oversight.why, name="oversight-why"),
]
