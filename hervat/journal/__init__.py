"""The journal: one line per action and data subject, in the transaction that read or wrote.

For: showing who saw or changed what, in which role, for which purpose, under which version of the
register, and proving afterwards that no line was altered, removed or slipped in.

Must never: hold a value of an item (it names items, never what they say), be updated or deleted from
by the application's role, or be written after the answer has left. When a line's own term ends its
content is redacted; the leaf stays, so the tree still verifies.
Read next: `docs/journal.md`, `rules/line.py` (a line), `rules/canonical.py` (what is sealed).
"""
