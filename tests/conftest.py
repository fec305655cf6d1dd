"""Settings of the whole suite."""

from hypothesis import HealthCheck, settings

# A slow machine is no failure: examples are not timed.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")
