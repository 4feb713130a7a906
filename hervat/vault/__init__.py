"""The vault: keys, sealing, and finding a person without being able to read the database.

For: sealing what identifies or describes a person under a key per person and domain (ordinary,
medical), so that destroying the key destroys the person, backups included; blind indexes for BSN and
employee number, keyed tokens for names.

Must never: write a key, a plain value or a search term to a log or an error, keep the search key in
the database, or keep an unwrapped key. What a key opens, a room shows and logs under its own permit.
Read next: `docs/vault.md`, `rules/sealing.py`, `actions.py`.
"""
