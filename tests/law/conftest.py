"""Hypothesis without a deadline: no test waits for a clock, the first example reads the law from file."""

from hypothesis import settings

settings.register_profile("no-deadline", deadline=None, max_examples=50)
settings.load_profile("no-deadline")
