"""The addresses of the pages of somebody at work. Each one stands in `tests/web/inventory.py`."""

from django.urls import path

from hervat.web.work import caseload, handing, now, taking, team, work_list

urlpatterns = [
    path("nu/", now.now, name="now"),
    path("werklijst/", work_list.work, name="work-list"),
    path("overdracht/", handing.hand_over_page, name="hand-over"),
    path("team/", team.team_page, name="team"),
    path("caseload/", caseload.caseload_page, name="caseload"),
    path("caseload/uitvoer/", taking.take_caseload, name="caseload-export"),
]
