"""The writers of the organisation: each one transaction, with its lines in the log.

Each asks its permit for the item **in full**: everybody may write their own account, and that is not
administering. What cannot be is a `Refusal`, logged and returned. Must never: change what was granted.
Read next: `postings.py`, `users.py`, `units.py`, `recording.py`.
"""
