"""The emulated account: moto, reached through boto3 alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from moto import mock_aws


@contextmanager
def emulator(*, account_id: str = "123456789012", region: str = "us-east-1") -> Iterator[boto3.Session]:
    """An empty emulated account for the length of the block."""
    with mock_aws():
        yield boto3.Session(aws_access_key_id="emulated", aws_secret_access_key="emulated", region_name=region)  # noqa: S106
