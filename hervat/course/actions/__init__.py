"""The only writers of the room: one function, one transaction, its log lines.

Read next: `recording.py` (facts), `tasks.py` (skip, give a reason, own tasks), `closing.py`.
"""
