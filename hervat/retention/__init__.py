"""Retention: plan, list, a second pair of eyes, destroy, certificate. DANGER: this room destroys data.

For: destroying what the register says must go, when it says so, and proving that it was done. Order:
`plan` (pure: `Due | NotYet | Unknown | Held`) -> list -> another person approves, after a cooling-off
-> rows, files and keys in small batches -> an entry in the ledger outside the database -> certificate.

Must never: destroy what is unknown, on hold or behind an open point that nobody accepted; destroy on one
person's word; let the longest term of one document drag the whole dossier along; or write personal
data in a certificate. After a restore the ledger is replayed, or the dead come back.
Nothing is built here yet.
Read next: `docs/architecture.md` (three walks), `docs/decisions/0008-open-points-fail-closed.md`.
"""
