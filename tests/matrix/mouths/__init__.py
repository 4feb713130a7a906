"""Every mouth of the product: how it is made to speak to somebody, and what it told them of which item.

A new page, API route, command or e-mail fails a test until it has a line in `listed.py`. Must never: ask the
program what it should have said. Read next: `mouth.py`, `listed.py`, `../test_every_mouth.py`.
"""
