"""The law: dated statutory values and pure rules over dates.

For: answering what the law asks on a given day, with article and reason: `timeline(case, on) -> steps`.
Values are histories (from which date, which value, which article, when last checked); rules take
values and give frozen values back. A date before the first known text raises.

Must never: import Django or a database driver, read the clock or a file of a person, return `None`
for "unknown", or decide anything: a rule gives a signal, a person decides.
Read next: `timeline.py` (the whole), `gatekeeper.py` (the steps), `docs/law-change.md` (a change of law).
"""
