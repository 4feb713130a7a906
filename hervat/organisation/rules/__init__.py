"""The pure decisions of the organisation: what counts on a day, what it reaches, what cannot be.

Must never: read the clock or the database. Read next: `postings.py`, `units.py`, `granting.py`.
"""
