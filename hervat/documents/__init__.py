"""Documents: classes, sealed files, and forms that become documents.

For: filing what the law asks for (problem analysis, plan of action, evaluations, the re-integration
report) in the class that decides who may read it and how long it is kept.

Must never: mix the employer's part and the medical part of a gatekeeper document, trust a file's name
or stated type, or keep a file in the clear. The class decides; nobody widens it afterwards.
Nothing is built here yet.
Read next: `docs/architecture.md`, `docs/glossary.md` (documents).
"""
