"""The tree over the lines: tiles of hashes, signed heads, and what was redacted. Written by the owner only.

A tile holds up to 256 hashes of one level (level 0: the leaves, with the ids of their lines); a full tile
never changes, the last of each level grows. The application reads: whoever takes over the application can
neither place a line in the tree nor remove one from it.
"""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_TREE = """
CREATE TABLE journal_tile (
    level smallint NOT NULL CHECK (level >= 0),
    index bigint NOT NULL CHECK (index >= 0),
    hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
    lines bigint[],
    span int8range,
    logged_from timestamptz,
    logged_to timestamptz,
    PRIMARY KEY (level, index),
    CONSTRAINT journal_tile_leaves_name_their_lines CHECK (
        (level = 0) = (lines IS NOT NULL AND span IS NOT NULL AND logged_from <= logged_to)
        AND coalesce(cardinality(lines), octet_length(hashes) / 32) = octet_length(hashes) / 32
    )
);
ALTER TABLE journal_tile ALTER hashes SET STORAGE EXTERNAL, ALTER lines SET STORAGE EXTERNAL;
CREATE INDEX journal_tile_span ON journal_tile USING gist (span) WHERE level = 0;

CREATE TABLE journal_head (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    size bigint NOT NULL CHECK (size >= 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    note text NOT NULL,
    sealed_at timestamptz NOT NULL,
    cluster bigint NOT NULL,
    floor bigint NOT NULL,
    upto_xid xid8 NOT NULL,
    upto_id bigint NOT NULL
);
-- Not unique: a head that owns up to a restore, or to a move to another cluster, may have no new line.
CREATE INDEX journal_head_size ON journal_head (size, id);

CREATE TABLE journal_redaction (
    month date PRIMARY KEY CHECK (date_trunc('month', month) = month),
    lines bigint NOT NULL CHECK (lines >= 0),
    leaves int8multirange NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    redacted_at timestamptz NOT NULL
);

REVOKE ALL ON journal_tile, journal_head, journal_redaction FROM PUBLIC, {application};
GRANT SELECT ON journal_tile, journal_head, journal_redaction TO {application};
"""
_NO_TREE = "DROP TABLE journal_tile, journal_head, journal_redaction"


def make_tree(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(settings.DATABASES["default"]["USER"])
    editor.execute("SET LOCAL lock_timeout = '5s'")
    editor.execute(_TREE.replace("{application}", role), params=None)


def drop_tree(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(_NO_TREE, params=None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_lines")]
    operations = [
        *(
            migrations.CreateModel(
                name=name,
                fields=[("id", models.BigIntegerField(primary_key=True))],
                options={"managed": False, "db_table": f"journal_{name.lower()}"},
            )
            for name in ("Tile", "Head", "Redaction")
        ),
        migrations.RunPython(make_tree, drop_tree),
    ]
