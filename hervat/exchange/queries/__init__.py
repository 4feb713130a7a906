"""The only readers of the room. Read next: `quarantine.py`, `clients.py`."""
