"""The help: a page for each step of the gatekeeper act, and a few on what people ask again and again.

For everybody, also before logging in. Who acts, when and by which article comes from `law/`; what to do
stands in `pages.yaml`, in both languages side by side. Must never: say anything about a person.
Read next: `views.py`, `../presenters/help.py`.
"""
