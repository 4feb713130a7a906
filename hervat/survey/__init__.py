"""The survey: the questionnaire among the users of the tool.

For: asking leaders and case managers what they think of the tool, and giving figures about groups.

Must never: be linked to a dossier, a sick person or a log-in that can be traced back to an answer,
show a group smaller than the register's threshold, or keep raw answers longer than their own term.
Nothing is built here yet.
Read next: `docs/architecture.md` (the house), `docs/people.md`.
"""
