"""The API mouth: the same answers as the pages, as JSON.

For: serving typed views under versioned addresses, with problem+json errors and an OpenAPI document
of our own that the tests hold it to. The register API (for anyone) and the log API (for systems that oversee)
follow the names of the government's logging standard.

Must never: query a model, say more or less than the page for the same permit, accept an unknown field
or parameter in silence, or put personal data in an address.
Read next: `docs/architecture.md` (rooms and mouths), `hervat/web/__init__.py` (its sister).
"""
