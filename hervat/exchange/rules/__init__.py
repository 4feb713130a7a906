"""Pure decisions of the room: what a message says, what is wrong with it, what a row of a sheet says.

Read next: `vocabulary.py` (the closed sets), `messages.py` (the form), `reading.py` (a line becomes one).
"""
