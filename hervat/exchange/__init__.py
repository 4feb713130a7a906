"""Exchange: messages in and out: the personnel system, UWV, spreadsheets.

For: taking in a message once (by id and digest), refusing by name every item that the register does
not know, and preparing what goes to UWV, checked and complete.

Must never: claim to have submitted what it only prepared, let an unknown item through because "it was
in the file", or send anything before the log line of the sending is committed.
Nothing is built here yet.
Read next: `docs/architecture.md` (three walks).
"""
