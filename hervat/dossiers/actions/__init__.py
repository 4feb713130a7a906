"""The only writers of the room: one function, one transaction, its log lines.

Read next: `opening.py`, `correcting.py`, `closing.py`, `assigning.py`.
"""
