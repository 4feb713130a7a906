"""Pure decisions of the room: values in, frozen values out; no clock and no database.

Read next: `vocabulary.py` (which facts there are), `folding.py` (facts become a situation), `planning.py`.
"""
