"""The pages of somebody at work: what to do now, for all the people they have something to do with.

Must never: show in a list what the page of the dossier would not.
Read next: `now.py`, `../presenters/now.py`.
"""
