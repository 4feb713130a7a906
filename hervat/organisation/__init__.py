"""The organisation: users, units and who was posted where, from when until when.

For: answering which role somebody holds on a day, and for which units.

Must never: hold anything about the health or the course of a person, derive a role from a name or a
mail address, or forget a past posting: a log line of last year must still be explicable. Data about
the users themselves falls under the register entry `users.yaml`.
Nothing is built here yet.
Read next: `docs/architecture.md` (the house), `docs/people.md` (who they are).
"""
