"""Every address of the product, by mouth."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("hervat.api.urls")),
]
