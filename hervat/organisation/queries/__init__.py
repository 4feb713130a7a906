"""The readers of the organisation. All log what they show, except those that the door asks before any permit.

Read next: `standing.py` (the door's), `lists.py` (everybody else's).
"""
