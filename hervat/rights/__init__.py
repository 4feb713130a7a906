"""Rights: access, correction, objection and restriction, asked by the person concerned.

For: answering within the month of AVG art. 12(3), with the law's reason where the answer is no, and
letting an objection narrow at once what may be done for that purpose.

Must never: erase what a statutory duty or the selection list keeps, answer for the medical file past
the doctor, show one person's reader list to another, or let a term run out in silence.
What stands: a question to the FG about a reading (`actions.py`).
Read next: `docs/architecture.md`, `docs/people.md`.
"""
