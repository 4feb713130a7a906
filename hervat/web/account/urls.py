"""The addresses of one's own account. Each one stands in `tests/web/inventory.py`."""

from django.urls import path

from hervat.web.account import views

urlpatterns = [
    path("account/", views.own_account, name="account"),
    path("account/waarneming/", views.deputies, name="deputies"),
]
