"""From the paths that a user gave to the templates to judge."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from scenarios.errors import InputError
from scenarios.run import builtin
from scenarios.run.assembly import assembly_of, is_assembly, stacks
from scenarios.run.source import Source


def collect(paths: Sequence[str], builtin_names: Iterable[str]) -> tuple[list[Source], list[InputError]]:
    """The template files of `paths` in order and each once, and what is wrong with the paths.

    Folders are searched for templates, CDK's assemblies by their manifest; without any path these are the built-in
    scenarios' templates.
    """
    if not paths:
        return [Source(_shown(str(builtin.template(name)))) for name in builtin_names], []
    files: dict[str, Source] = {}
    problems: list[InputError] = []
    for path in paths:
        try:
            found = list(_found(path)) if os.path.isdir(path) else [source_of(path)]
        except InputError as error:
            problems.append(error)
            continue
        if not found:
            problems.append(InputError("no CloudFormation template in this folder", file=path))
        for source in found:
            files.setdefault(source.file, source)
    return list(files.values()), problems


def source_of(path: str) -> Source:
    """One template file, with what the CDK assembly that it lies in says of it."""
    folder = os.path.dirname(path) or os.curdir
    if is_assembly(folder):
        name = os.path.normpath(path)
        return next((source for source in stacks(folder) if os.path.normpath(source.file) == name), Source(path))
    return Source(path)


def _found(folder: str) -> Iterator[Source]:
    if is_assembly(folder):
        yield from stacks(folder)
        return
    assemblies: set[str] = set()
    for file in _discover(folder):
        assembly = assembly_of(file, folder)
        if assembly is None:
            yield Source(file, folder)
        elif assembly not in assemblies:
            assemblies.add(assembly)
            yield from stacks(assembly)


def _discover(folder: str) -> list[str]:
    from scenarios.template import discover  # only a folder needs the template package here

    return discover(folder)


def _shown(path: str) -> str:
    """A path below the working directory is shown relative to it."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
