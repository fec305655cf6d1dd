"""A boto3 session read into facts."""

from scenarios.observation.observe import observe, services_of

__all__ = ["observe", "services_of"]
