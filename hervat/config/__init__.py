"""Config: the settings and the addresses; the top floor, where Django is put together.

For: reading the environment once, refusing at start-up what would be wrong at run time, and naming
every address of the product.

Must never: be imported by a room or a mouth (they ask `django.conf.settings`; only the commands that start
or migrate a database come here), hold a secret or a default for one, or carry a rule about who may see what.
Read next: `settings.py`, `urls.py`, `docs/decisions/0002-one-direction.md`.
"""
