"""The wrapped keys: one row per person and domain, and nothing else about that person.

The owner is an opaque id without a foreign key: people live a floor higher, and a key may be made before
its person and destroyed before the row is. Who is in this table is no secret; what the keys open is kept by
the keys in the environment. Must never: hold a key that is not wrapped.
Read next: `rules/wrapping.py`, `actions.py`, docs/vault.md (how the keys are backed up).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import Exact

from hervat.vault.rules.sealing import Domain
from hervat.vault.rules.wrapping import WRAPPED


class Key(models.Model):
    """The data key of one owner and domain, wrapped under the key of an epoch."""

    pk = models.CompositePrimaryKey("owner", "domain")
    owner = models.UUIDField()
    domain = models.TextField()
    epoch = models.SmallIntegerField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "vault_key"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="vault_key_domain_is_known", condition=Q(domain__in=[str(domain) for domain in Domain])
            ),
            models.CheckConstraint(name="vault_key_epoch_is_positive", condition=Q(epoch__gte=1)),
            models.CheckConstraint(
                name="vault_key_is_wrapped", condition=Q(Exact(Length("wrapped"), WRAPPED))
            ),
        ]
