"""The calculator of terms: what a visitor fills in, read into a situation, and the file to take along.

For: a page that anyone may use without leaving anything behind; the answer is computed and forgotten.
Must never: store, log or put in an address what somebody filled in, or set a cookie.
Read next: `fields.py`, `reading.py`, `views.py`, `../presenters/terms.py`.
"""
