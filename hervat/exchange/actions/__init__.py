"""The only writers of the room: one function, one transaction, its log lines.

Read next: `receive.py`, `applying.py`, `quarantine.py`, `loading.py`.
"""
