"""What comes in: messages of the personnel system that were set apart, and a dossier opened by hand.

For who keeps the source, the P&O adviser. Must never: show more of a message than of a dossier.
Read next: `messages.py`, `opening.py`, docs/personnel-feed.md.
"""
