"""Indicators: cohorts and figures that must survive an audit.

For: the figures that the purposes of the entry ask for (resumption, sanctions, wellbeing), each with
its cohort, its uncertainty and a frozen release that can be computed again.

Must never: show a person, a cell small enough to be one, or two figures whose difference is one; and
never feed back: no figure changes what happens to somebody.
Nothing is built here yet.
Read next: `docs/architecture.md` (nothing decides by itself), `docs/people.md`.
"""
