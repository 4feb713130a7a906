"""The WSGI application, for gunicorn or another server.

It refuses to start without a secret or a database, and with the key that seals the log: who can
take over this process must not be able to sign. Never give it the owner's database either: it needs
no right to change the schema. Read next: docs/settings.md.
"""

import os

from django.core.wsgi import get_wsgi_application

from hervat.config.environment import refuse_to_serve_with, refuse_to_serve_without

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hervat.config.settings")
refuse_to_serve_without("HERVAT_SECRET_KEY", "HERVAT_DATABASE_URL")
refuse_to_serve_with("HERVAT_JOURNAL_KEY")
application = get_wsgi_application()
