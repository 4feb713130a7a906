"""Every address under /api/; what is not there is a problem and never a page.

Must never leave an address below /api/ to the pages, which answer in HTML.
Read next: `register.py`, `log.py`, `messages.py`.
"""

from django.urls import include, path, re_path

from hervat.api import log, messages, register
from hervat.api.answers import nothing_here

urlpatterns = [
    path("register/v1/", include("hervat.api.register")),
    path("register/v1", nothing_here(register.VERSION)),
    path("logboek/v1/", include("hervat.api.log")),
    path("logboek/v1", nothing_here(log.VERSION, for_anyone=False)),
    path("p-en-o/v1/", include("hervat.api.messages")),
    path("p-en-o/v1", nothing_here(messages.VERSION, for_anyone=False)),
    re_path("", nothing_here()),
]
