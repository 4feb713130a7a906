"""Pure decisions of the room: values in, frozen values out; no clock and no database.

Read next: `vocabulary.py` (the closed sets), `values.py` (what a sealed field holds), `scope.py`.
"""
