"""The pages on which somebody records what happened in a course, and sees what that moved.

Must never: decide anything; a page records what a person says, and shows what follows from it.
Read next: `recording.py`, `../presenters/kinds.py`, docs/course.md.
"""
