"""Hypothesis with few examples, as each of them writes a draft."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "drafts",
    max_examples=20,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("drafts")
