"""Every address of the product, by mouth."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("hervat.api.urls")),
    path("", include("hervat.web.urls")),
]

handler400 = "hervat.web.errors.bad_request"
handler403 = "hervat.web.errors.forbidden"
handler404 = "hervat.web.errors.not_found"
handler500 = "hervat.web.errors.server_error"
