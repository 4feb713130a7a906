"""Every role, item, use, purpose and relation, against a second statement of the rule."""
