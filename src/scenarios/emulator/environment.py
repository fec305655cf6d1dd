"""The process environment inside the block: nothing of the user's AWS setup is left in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_FOREIGN = ("AWS_", "BOTO_", "MOTO_", "TEST_SERVER_MODE", "TEST_PROXY_MODE", "S3_IGNORE_", "INITIAL_NO_AUTH_")
"""Prefixes of the variables that steer botocore or moto; all of them are the user's own and none is wanted."""


def _sealed(account_id: str, region: str) -> dict[str, str]:
    return {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
        "AWS_DEFAULT_REGION": region,
        # moto's own words: the account that all calls act in, regions that its tables do not know, no images preloaded
        # (1.1 s for each region).
        "MOTO_ACCOUNT_ID": account_id,
        "MOTO_ALLOW_NONEXISTENT_REGION": "true",
        "MOTO_EC2_LOAD_DEFAULT_AMIS": "false",
        "MOTO_ENABLE_ISO_REGIONS": "true",
    }


@contextmanager
def environment(account_id: str, region: str) -> Iterator[None]:
    """Take every AWS and moto variable away for the length of the block, and put them back after it."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(_FOREIGN)}
    for name in kept:
        del os.environ[name]
    sealed = _sealed(account_id, region)
    os.environ.update(sealed)
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith(_FOREIGN)]:
            del os.environ[name]
        os.environ.update(kept)
