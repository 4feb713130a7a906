"""What exists of the house: which stored field holds which item, and which rooms act.

A model says it in `ITEMS`, a mapping of field name to item. Must never read a row: it looks at classes
only and needs no database. Read next: `../register/check.py`.
"""

import os
from pathlib import Path


def stored_fields() -> dict[str, str]:
    """Return 'room.Model.field' → item, for every model that keeps personal data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hervat.config.settings")
    import django
    from django.apps import apps

    django.setup()
    from hervat.organisation.rules.accounts import KEPT_BY_LOG_IN

    own = {
        f"{model._meta.label}.{field}": item
        for model in apps.get_models()
        for field, item in getattr(model, "ITEMS", {}).items()
    }
    return own | {field: item.value for field, item in KEPT_BY_LOG_IN.items()}


def acting_rooms() -> frozenset[str]:
    """Return the rooms that hold something: those with actions."""
    house = Path(__file__).parents[1]
    return frozenset(path.relative_to(house).parts[0] for path in house.glob("*/actions*"))
