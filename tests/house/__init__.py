"""The rules of the house, each as a test that is also seen to fail on a planted violation.

For: keeping the design true while the code grows. Every rule is a function from a folder to the lines
that break it, so the same function reads the repository and a planted copy.
Must never: need a database, a browser or Django, or take more than a few seconds.
Read next: `tree.py` (what counts as the repository), `CONTRIBUTING.md` (the same rules in words).
"""
