"""The seal: while it is on, this process reaches no network, starts no process, and knows no credentials.

Three layers, since each alone was seen to leak: the environment names no endpoint, profile or credential file;
botocore's HTTP client raises instead of sending; and an audit hook refuses sockets and processes, whoever asks.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn
from unittest.mock import patch

from botocore.httpsession import URLLib3Session

_FORBIDDEN = frozenset(
    {
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.spawn",
        "os.fork",
        "os.forkpty",
        "pty.spawn",
    }
)


class SealBrokenError(RuntimeError):
    """Something tried to leave the emulator. Always a bug: of ours, or of a library on odd input."""


class _State:
    """How many seals are on, and whether the audit hook (which can never be removed) is in place."""

    depth = 0
    hooked = False


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _State.depth and event in _FORBIDDEN:
        raise SealBrokenError(f"the emulator is sealed: {event}{arguments!r:.200}")


def _refuse(_self: object, request: Any) -> NoReturn:
    raise SealBrokenError(f"the emulator is sealed: a request to {getattr(request, 'url', '?')}")


@contextmanager
def sealed(environment: dict[str, str]) -> Iterator[None]:
    """Seal this process for the length of the block, with `environment` in place of every AWS setting of the user."""
    if not _State.hooked:
        sys.addaudithook(_audit)
        _State.hooked = True
    with patch.dict(os.environ), patch.object(URLLib3Session, "send", _refuse):
        for name in [name for name in os.environ if name.startswith(("AWS_", "BOTO_", "MOTO_"))]:
            del os.environ[name]
        os.environ.update(_NO_CONFIGURATION | environment)
        _State.depth += 1
        try:
            yield
        finally:
            _State.depth -= 1


_NO_CONFIGURATION = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "AWS_ACCESS_KEY_ID": "emulated",
    "AWS_SECRET_ACCESS_KEY": "emulated",
}
