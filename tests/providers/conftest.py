"""One emulated account a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from providers.support import ACCOUNT, REGION, Maker
from scenarios.emulator import emulator


@pytest.fixture
def make() -> Iterator[Maker]:
    with emulator(account_id=ACCOUNT, region=REGION) as session:
        yield Maker(session)
