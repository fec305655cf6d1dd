"""Prove an AWS AI architecture before it is deployed."""

__version__ = "0.1.0"
