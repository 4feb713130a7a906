"""A PostgreSQL of a bench's own, migrated, with keys in the settings; thrown away afterwards.

Commits reach the disk, as in production, unless a bench says that it measures none.
Must never: take a database that was there.
Read next: `bench_door.py`.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connections

from hervat.config.environment import database_from_url
from hervat.config.postgres import APPLICATION, OWNER, SUPERUSER, Cluster, start_cluster
from hervat.config.provision import connect, migrate

ALIASES = {"default": APPLICATION, "owner": OWNER}


@contextmanager
def own_database(*, durable: bool = True) -> Iterator[Cluster]:
    """Open the database for the length of this block, under the aliases that the product uses."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hervat.config.settings")
    django.setup()
    settings.SECRET_KEY = "bench-only-" + "0123456789abcdef" * 4
    home = Path(tempfile.mkdtemp(prefix="hervat-bench-"))
    home.chmod(0o711)
    cluster = start_cluster(home, durable=durable)
    try:
        _use(cluster)
        yield cluster
    finally:
        connections.close_all()
        cluster.stop()
        shutil.rmtree(home)


def superuser_connection(cluster: Cluster) -> Any:
    """Return another connection of Django, which no policy holds back."""
    settings.DATABASES["superuser"] = database_from_url(
        cluster.url(SUPERUSER, "hervat"), name="superuser", label="hervat-bench"
    )
    connections.settings = connections.configure_settings(settings.DATABASES)
    made = connections.create_connection("superuser")
    made.alias = "default"
    return made


def _use(cluster: Cluster) -> None:
    from hervat.dossiers.actions.door_key import keep_door_key  # a model, so only after the set-up

    for alias, role in ALIASES.items():
        url = cluster.url(role, "hervat")
        settings.DATABASES[alias] = database_from_url(url, name=alias, label="hervat-bench")
    connections.settings = connections.configure_settings(settings.DATABASES)
    for alias in ALIASES:
        connections[alias] = connections.create_connection(alias)
    with connect(settings.DATABASES["owner"] | {"NAME": "postgres"}) as server:
        server.execute("CREATE DATABASE hervat TEMPLATE template0 ENCODING 'UTF8'")
    migrate(settings.DATABASES["owner"], settings.DATABASES["default"])
    settings.KEYS_ORDINARY, settings.KEYS_MEDICAL = {1: os.urandom(32)}, {1: os.urandom(32)}
    settings.INDEX_KEY, settings.DOOR_KEY = os.urandom(32), os.urandom(32)
    keep_door_key(settings.DOOR_KEY)
