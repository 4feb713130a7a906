"""The writers of the journal: appending lines, sealing them into the tree, redacting a month.

Must never: change or remove a line. Read next: `append.py` (every room uses it), `seal.py`, `redact.py`.
"""
