"""The command line mouth: the `hervat` command.

For: what an operator, a privacy officer or a jurist asks from a terminal, in the same words and with
the same answers as the pages. Exit codes: 0 done, 1 a violation or a failure, 2 wrong usage.

Must never: go round the door because "it is only a script", print a secret or personal data, or do
something demo-only on a database that `demo` did not create itself. This is the only place that prints.
Read next: `docs/architecture.md` (rooms and mouths), `docs/decisions/0003-postgresql-everywhere.md`.
"""
