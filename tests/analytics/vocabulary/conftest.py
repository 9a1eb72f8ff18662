"""Settings of the property tests."""

from hypothesis import settings

# A loaded machine is no defect, so examples have no deadline.
settings.register_profile("without_deadline", deadline=None)
settings.load_profile("without_deadline")
