"""The tests, one folder per package of `psm_course`."""

from hypothesis import settings

# A slow or busy machine is no bug: hypothesis need not hurry.
settings.register_profile("psm", deadline=None)
settings.load_profile("psm")
