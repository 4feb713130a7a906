"""The pure rules of the journal: what a line is, its canonical form, the tree over the lines, and notes.

Values in, values out: no clock, no database, no file. Read next: `line.py`, `canonical.py`, `tree.py`.
"""
