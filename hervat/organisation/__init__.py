"""The organisation: users, units and who was posted where, from when until when.

For: answering which role somebody holds on a day, and for which units.

Must never: hold anything about the health or the course of a person, derive a role from a name or a
mail address, or forget a past posting: a log line of last year must still be explicable. Data about
the users themselves falls under the register entry `users.yaml`.
Read next: `docs/organisation.md` (how it works), `rules/postings.py` (what counts on which day).
"""
