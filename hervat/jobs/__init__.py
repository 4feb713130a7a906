"""The jobs mouth: periodic work.

For: planning tasks anew, the daily message, clearing what has expired, opening the months of the log; each a
small job that asks the door for a permit like anyone else, and leaves its lines. Sealing is no job of these:
it is a process apart, with its own key.

Must never: hold a rule of its own, run without a permit, decide something about a person, put more than a
code in the queue, or open a connection to the outside that no room asked for.
Read next: `schedule.py` (what runs when), `running.py`, docs/jobs.md.
"""
