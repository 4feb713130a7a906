"""The course: what happened, and what must happen next.

For: spells of sickness, hours worked, contact, statements of capacity, and the tasks that follow from
the law's timeline; each change says what it moved, and why.

Must never: compute a term itself (that is `law`), change a status, a right or a payment because of a
computed value, or hold a diagnosis: a statement of capacity has no field for one. Every decision row
has a human and a reason.
Nothing is built here yet.
Read next: `docs/architecture.md` (three walks), `docs/glossary.md` (course).
"""
