"""The pages with people in them: lists of dossiers, a dossier, why one sees it, and who read of oneself.

Each page asks the door first and hands the permit to one query or action; what is shown are cells.
Must never: decide who sees what, or put anything of a person in an address or a title but a case number.
Read next: `asking.py`, `views.py`, `../presenters/dossier.py`.
"""
