"""The pages of who oversees: the log, and the open points with who accepted them.

Must never: show content of a dossier, or the name of a re-integrant. Read next: `log.py`, `points.py`.
"""
