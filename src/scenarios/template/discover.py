"""Templates in a folder."""

from __future__ import annotations

import os
import re

_ENDINGS = (".yaml", ".yml", ".json", ".template")
_SKIPPED = {"node_modules", "__pycache__", "venv", "site-packages", "dist", "build"}
_VERSION = re.compile(rb"AWSTemplateFormatVersion")
_RESOURCES = re.compile(rb"""(?:^|[{,])\s*["']?Resources["']?\s*:""", re.MULTILINE)
_TYPE = re.compile(rb"""["']?Type["']?\s*:\s*["']?(AWS|Alexa|Custom)::""")


def discover(folder: str) -> list[str]:
    """The files below `folder` that are meant to be CloudFormation templates, sorted.

    Hidden and installed folders are passed over, links to folders are not followed.
    """
    found: list[str] = []
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        paths = (os.path.join(root, name) for name in sorted(files) if name.endswith(_ENDINGS))
        found += [path for path in paths if os.path.isfile(path) and looks_like_template(path)]
    return found


def looks_like_template(path: str) -> bool:
    """Whether a file, be it broken, is meant to be a template: it names the format's version, or typed resources."""
    try:
        with open(path, "rb") as file:
            content = file.read(2_000_000)
    except OSError:
        return True  # reported when it is loaded
    return bool(_VERSION.search(content) or (_RESOURCES.search(content) and _TYPE.search(content)))
