"""A sealed AWS in this process, behind a boto3 session."""

from scenarios.emulator.emulator import emulator

__all__ = ["emulator"]
