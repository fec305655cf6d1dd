"""Files that a template names: only those below its root folder are read, and none over the network."""

from __future__ import annotations

import os
import re

from scenarios.template.template import Template

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""A scheme (`https:`, `s3:`, `file:`), or a drive."""


class NotReadError(Exception):
    """A file that a template names and that is not read, with the reason."""


def is_local(location: str) -> bool:
    """Whether a location is a path, not an address."""
    return bool(location.strip()) and not _REMOTE.match(location.strip()) and "{{resolve:" not in location


def beside(template: Template, location: str) -> str:
    """The path of the file that `location` names, relative to the template's own.

    Raises NotReadError where it lies outside the root folder, also by a link, or where there is no such file.
    """
    if template.root is None:
        raise NotReadError(f"{location} is a file beside the template, which is no file itself")
    path = os.path.normpath(os.path.join(os.path.dirname(template.file), location.strip()))
    try:
        real, root = os.path.realpath(path), os.path.realpath(template.root)
        inside = os.path.commonpath((real, root)) == root
        there = inside and os.path.isfile(real)
    except ValueError:  # a NUL byte, another drive
        inside = there = False
    if os.path.isabs(location) or not inside:
        raise NotReadError(f"{location} lies outside the folder of the template, and is not read")
    if not there:
        raise NotReadError(f"{location}: there is no such file")
    return path
