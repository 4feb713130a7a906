"""The course: what happened, and what must happen next.

For: spells of sickness, hours worked, contact, what was agreed and reported, as dated facts; and the tasks
and signals that follow from the law's timeline. Each change says what it moved, and why.

Must never: compute a term itself (that is `law`), change a status, a right or a payment because of a
computed value, or hold a diagnosis: a statement of capacity has no field for one. Every decision row
has a human and a reason.
Read next: `rules/vocabulary.py` (the facts), `actions/recording.py`, docs/course.md.
"""
