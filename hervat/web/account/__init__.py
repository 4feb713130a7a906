"""The pages of somebody's own account: who they are here, who acts for them, how they hear of their work.

Must never: show anything of anybody else, but the colleague with whom one shares a posting for a while.
Read next: `views.py`, `../login/views.py` (how one logs in).
"""
