"""Logging in: who somebody is, before the door decides what they may.

The accounts, the second factors and the sessions are django-allauth's; ours are the pages, who may reach
which of them, the first visit with two codes, the lines in the log, and in a demo "Wie wilt u zijn?".
Must never: decide what somebody sees of a dossier, or let e-mail count as a second factor.
Read next: `guard.py`, `reach.py`, `views.py`, docs/login.md.
"""
