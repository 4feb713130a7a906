"""The tables of the journal, as Django knows them; the migrations make them in SQL.

They are partitioned, filled by PostgreSQL's own defaults and guarded by rights on columns, which Django
cannot say; so they are not managed, and must never be written through the ORM. What holds is in the
migrations: the application's role inserts lines and reads, and changes or removes nothing.
Read next: `migrations/0001_lines.py`, `actions/append.py`.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField
from django.db import models

from hervat.register.vocabulary import Item


class Line(models.Model):
    """A line of the log. `id`, `xid`, `logged_at` and `salt` are given by PostgreSQL."""

    ITEMS: ClassVar[dict[str, Item]] = {
        name: Item.USER_ACTIVITY for name in ("actor", "role", "unit", "address", "operation", "subject")
    }

    id = models.BigIntegerField(primary_key=True)
    logged_at = models.DateTimeField()
    trace_id = models.UUIDField()
    span_id = models.BinaryField()
    parent_span_id = models.BinaryField(null=True)
    operation = models.TextField()
    effect = models.TextField()
    outcome = models.TextField()
    reason = models.TextField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    activity = models.UUIDField()
    register_version = models.IntegerField()
    purpose = models.TextField()
    ground = models.TextField(null=True)
    authority = models.TextField(null=True)
    actor_kind = models.TextField()
    actor = models.TextField()
    role = models.TextField(null=True)
    unit = models.UUIDField(null=True)
    address = models.GenericIPAddressField(null=True)
    source = models.TextField()
    manner = models.TextField(null=True)
    subject = models.UUIDField(null=True)
    subject_kind = models.TextField(null=True)
    dossier = models.UUIDField(null=True)
    object_kind = models.TextField(null=True)
    object_id = models.UUIDField(null=True)
    items = ArrayField(models.TextField())
    foreign_trace_id = models.UUIDField(null=True)
    foreign_span_id = models.BinaryField(null=True)
    foreign_entity = models.TextField(null=True)
    external_api = models.TextField(null=True)

    class Meta:
        managed = False
        db_table = "journal_line"


class Tile(models.Model):
    """Up to 256 hashes of one level of the tree; at level 0 the leaves, with the ids of their lines."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()
    lines = ArrayField(models.BigIntegerField(), null=True)
    span = BigIntegerRangeField(null=True)
    logged_from = models.DateTimeField(null=True)
    logged_to = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "journal_tile"


class Head(models.Model):
    """A signed head of the tree, and how far the sealer came with it.

    `cluster` is the cluster whose transaction ids count; lines with an id up to `floor` are from before
    it; of the others every line up to (`upto_xid`, `upto_id`) is in the tree.
    """

    id = models.BigIntegerField(primary_key=True)
    size = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()
    sealed_at = models.DateTimeField()
    cluster = models.BigIntegerField()
    floor = models.BigIntegerField()
    upto_xid = models.TextField()
    upto_id = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "journal_head"


class Redaction(models.Model):
    """A month whose lines and salts are gone: how many, and which leaves they were."""

    month = models.DateField(primary_key=True)
    lines = models.BigIntegerField()
    digest = models.BinaryField()
    redacted_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "journal_redaction"


class Client(models.Model):
    """A system that may ask for lines. `name` is that of a system, never of a person."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    role = models.TextField()
    secret_digest = models.BinaryField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "journal_client"
