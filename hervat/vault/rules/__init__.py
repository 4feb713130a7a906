"""The rules of the vault: sealing a value, wrapping a key, and the tokens by which a person is found.

Pure: keys and values in, bytes or numbers out. Must never: read a setting, a row or the clock, keep a key
anywhere, or say a value in an error. Read next: `sealing.py`, `wrapping.py`, `finding.py`, `names.py`.
"""
