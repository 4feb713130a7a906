"""The readers of the journal: the lines about somebody or something, proofs, and the verification.

Must never: show a line of a person without a line that says so. Read next: `lines.py`, `verify.py`.
"""
