"""The seal: while it is on, this process opens no connection and starts no process.

Two guards, each enough by itself for what it covers:

- botocore's only way out, `URLLib3Session.send`, raises. A `before-send` handler alone would not do: botocore calls
  every handler and sends whenever none of them answers.
- an audit hook (PEP 578) raises on connects, name lookups and new processes, whoever asks for them: `requests` in a
  moto backend, a Docker client, `os.system` in anything that was loaded. Audit hooks cannot be removed, so ours looks
  at one flag; with the seal off it costs one comparison for each audited event.

The flag is process-wide on purpose: a thread that a backend starts is sealed as well.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn
from unittest.mock import patch

from botocore.httpsession import URLLib3Session

_FORBIDDEN = frozenset(
    {
        "socket.connect",
        "socket.bind",
        "socket.sendto",
        "socket.sendmsg",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "socket.getnameinfo",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
        "os.startfile/2",
        "pty.spawn",
        "webbrowser.open",
    }
)


class SealBrokenError(RuntimeError):
    """Something inside the emulator reached for the network or for another process."""


class _State:
    """How many seals are on, and whether the hook is in place."""

    depth = 0
    hooked = False


def _audit(event: str, _: tuple[Any, ...]) -> None:
    if _State.depth and event in _FORBIDDEN:
        raise SealBrokenError(f"{event} inside the emulator")


def _send(_: object, request: Any) -> NoReturn:
    raise SealBrokenError(f"a request to {request.url.partition('?')[0]} would leave the emulator")


@contextmanager
def seal() -> Iterator[None]:
    """Keep this process, all its threads, from the network and from starting processes."""
    if not _State.hooked:
        sys.addaudithook(_audit)
        _State.hooked = True
    with patch.object(URLLib3Session, "send", _send):
        _State.depth += 1
        try:
            yield
        finally:
            _State.depth -= 1
