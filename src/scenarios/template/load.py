"""From a path to a template, or to one line that says why not."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from typing import Any

from scenarios.errors import InputError
from scenarios.finding import PropertyPath
from scenarios.template.decode import Decoder
from scenarios.template.dialects import foreign_section
from scenarios.template.include import include
from scenarios.template.nodes import parse as parse_nodes
from scenarios.template.template import Template
from scenarios.template.transforms import unsupported

LIMIT = 1_048_576
"""CloudFormation's limit on a template body in S3, in bytes
(https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html)."""

_MAPPINGS = ("Parameters", "Mappings", "Conditions", "Resources", "Outputs", "Rules")


def load(path: str, root: str | None = None) -> Template:
    """The template in a file; what it includes or nests may lie below `root`, or else in its own folder.

    Raises InputError for a missing, unreadable, empty, binary or oversized file and for whatever `parse` refuses.
    """
    return parse(read(path), path, root or os.path.dirname(path) or os.curdir)


def read(path: str) -> str:
    """A file's text, within the limit.

    Raises InputError where there is no such text.
    """
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("not a regular file", file=path)
        if status.st_size > LIMIT:
            raise InputError(f"{status.st_size:,} bytes; CloudFormation takes no more than {LIMIT:,}", file=path)
        with open(path, "rb") as file:
            content = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(reason[0].lower() + reason[1:], file=path) from None
    return _text(content, path)


def _text(content: bytes, path: str) -> str:
    if not content.strip():
        raise InputError("the file is empty", file=path, line=1)
    if b"\0" in content:
        raise InputError("a binary file, no template", file=path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError("not UTF-8 text", file=path, line=line) from None


def parse(text: str, file: str, root: str | None = None) -> Template:
    """The template in a text; `file` is its name in messages. Without `root` no other file is read.

    Raises InputError, with line and column, for malformed text and for what is no CloudFormation template.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LIMIT:
        raise InputError(f"CloudFormation takes no more than {LIMIT:,} bytes", file=file)
    decoder = Decoder(file)
    body = decoder.decode(parse_nodes(text, file))
    if not isinstance(body, dict):
        raise _refused(Template(file, text, {}, decoder.positions), (), "not a template: the document is no mapping")
    template = include(Template(file, text, body, decoder.positions, root=root), read, LIMIT)
    _check_shape(template)
    return replace(template, unsupported=(*template.unsupported, *unsupported(template)))


def _check_shape(template: Template) -> None:
    body = template.body
    if (foreign := foreign_section(body)) is not None:
        raise template.error(*foreign)
    if "Resources" not in body:
        raise _refused(template, (), "not a template: there is no Resources section")
    for section in _MAPPINGS:
        if section in body and not isinstance(body[section], dict):
            raise _refused(template, (section,), f"{section} is no mapping")
    if not body["Resources"]:
        raise _refused(template, ("Resources",), "Resources is empty")
    for name, resource in body["Resources"].items():
        if not name.startswith("Fn::"):
            _check_resource(template, name, resource)


def _check_resource(template: Template, name: str, resource: Any) -> None:
    path: PropertyPath = ("Resources", name)
    if not isinstance(resource, dict):
        raise _refused(template, path, f"resource {name} is no mapping")
    if not isinstance(resource.get("Type"), str):
        raise _refused(template, path, f"resource {name} has no Type")
    properties = resource.get("Properties")
    if properties is not None and not isinstance(properties, dict):
        raise _refused(template, (*path, "Properties"), f"the Properties of {name} are no mapping")


def _refused(template: Template, path: PropertyPath, cause: str) -> InputError:
    return template.error(cause, path)
