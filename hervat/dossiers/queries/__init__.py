"""The only readers of the room: each returns its view and appends its log lines.

Read next: `permitted.py` (how a permit reaches PostgreSQL), `overview.py`, `caseload.py`.
"""
