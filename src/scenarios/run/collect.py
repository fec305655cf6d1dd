"""From the paths that a user gave to the templates to judge."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from scenarios.errors import InputError
from scenarios.run import builtin
from scenarios.run.source import Source


def collect(paths: Sequence[str], builtin_names: Iterable[str]) -> tuple[list[Source], list[InputError]]:
    """The template files of `paths` in order and each once, and what is wrong with the paths.

    Folders are searched for templates; without any path these are the built-in scenarios' templates.
    """
    if not paths:
        return [Source(_shown(str(builtin.template(name)))) for name in builtin_names], []
    files: dict[str, Source] = {}
    problems: list[InputError] = []
    for path in paths:
        if os.path.isdir(path):
            found = _discover(path)
            if not found:
                problems.append(InputError("no CloudFormation template in this folder", file=path))
            for file in found:
                files.setdefault(file, Source(file, path))
        else:
            files.setdefault(path, Source(path))
    return list(files.values()), problems


def _discover(folder: str) -> list[str]:
    from scenarios.template import discover  # only a folder needs the template package here

    return discover(folder)


def _shown(path: str) -> str:
    """A path below the working directory is shown relative to it."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
