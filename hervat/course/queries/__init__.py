"""The only readers of the room: each returns its view and appends its log lines.

Read next: `course.py` (one dossier), `due.py` (what must be done), `caseload.py`.
"""
