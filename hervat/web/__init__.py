"""The web mouth: the pages.

For: one thin view per page (door, form, one action, render) and presenters that turn cells into words
and dates, once. Every page works without JavaScript, from 320 px, by keyboard and in print.

Must never: query a model, decide who may see what, load anything from another host, or leave
something out silently: what is hidden is named, with the reason.
Read next: `docs/architecture.md` (rooms and mouths), `docs/decisions/0005-pages-without-a-build-step.md`.
"""
