"""Exchange: messages in and out: the personnel system, UWV, spreadsheets.

For: taking in a message once (by id and digest), refusing by name every item that the register does
not know, keeping only who is sick, and setting apart what cannot be read until somebody puts it right.

Must never: keep anything about who is not sick, let an unknown item through because "it was in the
file", claim to have submitted what it only prepared, or send before the line of the sending is committed.
Read next: `docs/personnel-feed.md`, `rules/messages.py`, `actions/receive.py`.
"""
