"""The emulated account: moto, reached through boto3 alone."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.emulator.session import EmulatedSession


class _State:
    active = False


@contextmanager
def emulator(*, account_id: str = "123456789012", region: str = "us-east-1") -> Iterator[EmulatedSession]:
    """An empty emulated account for the length of the block; yields its boto3 session.

    Nothing of the user's AWS setup is read, nothing leaves the process (see `seal`), and equal calls give equal ids.
    The state is the process's, so one block at a time: a second one inside the first raises RuntimeError.
    """
    # Imported where used: the command line must not wait half a second for boto3 and moto.
    from scenarios.emulator.backend import backends
    from scenarios.emulator.environment import environment
    from scenarios.emulator.models import shared_models
    from scenarios.emulator.seal import seal
    from scenarios.emulator.session import EmulatedSession
    from scenarios.emulator.supplements import register

    if _State.active:
        raise RuntimeError("an emulator is already active in this process")
    _State.active = True
    try:
        with environment(account_id, region), shared_models(), seal(), backends(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # moto's words to its own developers, and none of the user's business
            session = EmulatedSession(account_id, region)
            register(session.events, account_id, region)
            yield session
    finally:
        _State.active = False
