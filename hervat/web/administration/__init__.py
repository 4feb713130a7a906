"""The pages of a functional administrator: users, their postings, units. No dossier is reached from here.

Read next: `users.py`, `units.py`, docs/organisation.md.
"""
