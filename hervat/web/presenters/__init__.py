"""Register values turned into words and dates for a page, once.

For: frozen view objects that a template only has to print. Every string that is law, register or
reason stays Dutch; what belongs to the interface goes through gettext.
Must never: decide, query, or be given a request.
Read next: `words.py`, then the presenter with the name of the page.
"""
