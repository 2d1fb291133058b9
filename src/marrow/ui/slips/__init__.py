"""The slip that each form carries: whose page it stood on, and which printing of it.

With it a form that is sent twice is done once (`once.py`), and what was written when a session had
ended goes to nobody but its writer (`unsent.py`, `late.py`).
"""
