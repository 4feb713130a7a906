"""Dossiers: people, their appointments, their dossiers, and who is assigned to them.

For: opening, closing and assigning a dossier, and the one question that comes before any permit:
`relation(user, case_number, on)`, which only the door may ask.

Must never: answer without a permit (that one question apart), show that a dossier exists to somebody
who may not know of it, or put something medical in a readable column.
Read next: `docs/architecture.md` (the permit), `docs/people.md`.
"""
