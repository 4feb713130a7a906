"""The door: user + dossier + purpose in, a Permit or a refusal out.

For: the only place where a Permit is made. It asks who this is today (posting, assignment), asks the
register item by item, and sets the transaction's dossier or scope for PostgreSQL's row policies.

Must never: be called by a room (a room receives a permit, it does not fetch one), raise where it
should refuse (a refusal is a value, logged and committed), tell somebody of a dossier that they may
not know of (404), or refuse without the reason (403, in Dutch). No second way in, not for jobs,
not for administrators.
Read next: `door.py`, `docs/architecture.md` (the permit), `docs/decisions/0002-one-direction.md`.
"""
