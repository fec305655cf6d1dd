"""botocore's service models, read once in a process and only from the installed packages.

botocore's own loader also reads `~/.aws/models`, which is the user's, and keeps no JSON between sessions. moto loads
the same models a second time for each service. Measured: the model of `ec2` parses in 0.055 s as ordered dicts and in
0.038 s as plain ones; importing `moto.ec2` asks twelve fresh sessions for regions, 0.38 s, with one loader 0.03 s.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

import boto3
import botocore.session
import moto.core.utils
from botocore.loaders import JSONFileLoader, Loader
from moto.core.loaders import Loader as MotoLoader
from moto.core.loaders import moto_root


class _ReadOnce(JSONFileLoader):  # type: ignore[misc]
    """Reads each JSON file once in a process; plain dicts keep their order, so `OrderedDict` is not needed."""

    _files: dict[str, Any] = {}

    def _load_file(self, full_path: str, open_method: Any) -> Any:
        if full_path not in self._files:
            self._files[full_path] = _parsed(full_path, open_method)
        return self._files[full_path]


def _parsed(path: str, open_method: Any) -> Any:
    try:
        with open_method(path, "rb") as file:
            return json.loads(file.read().decode("utf-8"))  # bytes are decoded half as fast by `loads`
    except FileNotFoundError:
        return None


class _Models(Loader):  # type: ignore[misc]
    """A loader that many sessions share: each would append boto3's folder to the search path once more."""

    @property
    def search_paths(self) -> list[str]:
        return list(self._search_paths)

    def list_available_services(self, type_name: str) -> list[str]:
        """Every service has these two kinds of files: listing its folders is enough, looking into each takes 0.02 s."""
        if type_name in ("service-2", "endpoint-rule-set-1"):
            return _services()
        return list(super().list_available_services(type_name))


@cache
def _services() -> list[str]:
    return sorted(entry.name for entry in os.scandir(Loader.BUILTIN_DATA_PATH) if entry.is_dir())


@cache
def loader() -> Loader:
    """The process's one loader; its search path is what ships with botocore and boto3."""
    resources = os.path.join(os.path.dirname(boto3.__file__), "data")
    return _Models([Loader.BUILTIN_DATA_PATH, resources], _ReadOnce(), include_default_search_paths=False)


@cache
def _moto_loader() -> Loader:
    """moto's loader: it adds error shapes and paginators of its own, which do a client no harm."""
    return MotoLoader([moto_root, Loader.BUILTIN_DATA_PATH], _ReadOnce(), include_default_search_paths=False)


@contextmanager
def shared_models() -> Iterator[None]:
    """Let every botocore session in the block, moto's too, use the process's loader."""
    with (
        patch.object(botocore.session, "create_loader", lambda _=None: loader()),
        patch.object(moto.core.utils, "create_loader", _moto_loader),
    ):
        yield
