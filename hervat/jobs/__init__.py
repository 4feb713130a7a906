"""The jobs mouth: periodic work.

For: sealing the log, planning tasks, listing what is due for destruction, each as a small job that asks
the door for a permit naming the dossiers it touches, like anyone else.

Must never: hold a rule of its own, run without a permit, decide something about a person, or open a
connection to the outside that no room asked for.
Nothing is built here yet.
Read next: `docs/architecture.md` (rooms and mouths; nothing decides by itself).
"""
