"""The register: the entry as data, our reading of it, and what follows from both.

For: saying who may read or write which item, for which purpose and on which ground, how long it is
kept, and where the entry is silent: `decide(role, item, use, purpose, on)`, pure and total.

Must never: import Django or a database driver, fill a gap in the entry with a guess, allow what the
entry does not name, or change a released version: old log lines are explained with it.
Read next: `vocabulary.py` (the closed sets), `model.py` (the values),
`docs/decisions/0001-the-entry-is-the-program.md`.
"""
