"""Every address under /api/; what is not there is a problem and never a page.

Must never leave an address below /api/ to the pages, which answer in HTML. Read next: `register.py`.
"""

from django.urls import include, path, re_path

from hervat.api.answers import nothing_here
from hervat.api.register import VERSION

urlpatterns = [
    path("register/v1/", include("hervat.api.register")),
    path("register/v1", nothing_here(VERSION)),
    re_path("", nothing_here()),
]
