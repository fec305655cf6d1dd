"""`AWS::Include` of files beside the template, as before `aws cloudformation package`.

Snippets in S3 are not read; nor are those outside the template's folder. An include within a snippet is none to
CloudFormation either.

Source: "AWS::Include transform",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scenarios.finding import Position, PropertyPath
from scenarios.template.beside import NotReadError, beside, is_local
from scenarios.template.decode import Decoder
from scenarios.template.nodes import parse
from scenarios.template.template import Template, Unsupported

INCLUDE = "AWS::Include"
_FUNCTION, _SECTION = "Fn::Transform", "Transform"

Read = Callable[[str], str]


def include(template: Template, read: Read, limit: int) -> Template:
    """The template with the local snippets that it includes; what is not read is marked as unsupported.

    `read` gives a file's text, `limit` is how much of them all is read. Raises InputError for a snippet that is no
    document, or that does not fit its place.
    """
    if template.root is None or INCLUDE not in template.text:
        return template
    return _Includer(template, read, limit).run()


class _Includer:
    """Copies the body; a path is the same in the template and in the copy, up to where a snippet stands."""

    def __init__(self, template: Template, read: Read, limit: int) -> None:
        self._template = template
        self._read = read
        self._limit = limit
        self._texts: dict[str, str] = {}
        self._positions = dict(template.positions)
        self._refused: list[Unsupported] = []

    def run(self) -> Template:
        body = self._value(self._template.body, ())
        body = self._top(body) if isinstance(body, dict) else body
        return replace(
            self._template,
            body=body,
            positions=self._positions,
            unsupported=(*self._template.unsupported, *self._refused),
            included=self._texts,
        )

    def _value(self, value: Any, path: PropertyPath) -> Any:
        if isinstance(value, list):
            return [self._value(item, (*path, index)) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        made = {key: self._value(item, (*path, key)) for key, item in value.items()}
        place = (*path, _FUNCTION)
        file = self._file(made.get(_FUNCTION), place)
        if file is None:
            return made
        del made[_FUNCTION]
        return self._placed(made, file, path, place)

    def _top(self, body: dict[str, Any]) -> dict[str, Any]:
        """The includes of the Transform section add to the sections of the template."""
        said = body.get(_SECTION)
        kept = []
        for item in said if isinstance(said, list) else [said]:
            file = self._file(item, (_SECTION,))
            if file is None:
                kept.append(item)
                continue
            snippet, positions = self._snippet(file, (_SECTION,))
            if not isinstance(snippet, dict):
                raise self._template.error(f"{file} is no mapping, and cannot stand among the sections", (_SECTION,))
            for section, content in snippet.items():
                own = body.get(section)
                if own is None:
                    body[section] = content
                    self._keep(positions, (section,), (section,), file)
                elif isinstance(own, dict) and isinstance(content, dict):
                    for key in content:
                        self._keep(positions, (section, key), (section, key), file)
                    body[section] = self._merged(own, content, file, (_SECTION,))
                else:
                    raise self._template.error(f"{file} and the template both have {section}", (_SECTION,))
        if isinstance(said, list) or kept != [said]:
            body[_SECTION] = kept
        return body

    def _placed(self, siblings: dict[str, Any], file: str, path: PropertyPath, place: PropertyPath) -> Any:
        """The snippet among its siblings; alone it may be anything."""
        snippet, positions = self._snippet(file, place)
        if not isinstance(snippet, dict):
            if siblings:
                raise self._template.error(f"{file} is no mapping, and cannot stand among {', '.join(siblings)}", place)
            self._keep(positions, (), path, file)
            return snippet
        for key in snippet:
            self._keep(positions, (key,), (*path, key), file)
        return self._merged(siblings, snippet, file, place)

    def _merged(self, own: dict[str, Any], more: dict[str, Any], file: str, place: PropertyPath) -> dict[str, Any]:
        both = next((key for key in more if key in own), None)
        if both is not None:
            raise self._template.error(f"{file} and the template both have {both}", place)
        return {**own, **more}

    def _file(self, call: Any, place: PropertyPath) -> str | None:
        """The file that a transform includes; nothing where it is another transform, or where the file is not read."""
        if not isinstance(call, dict) or call.get("Name") != INCLUDE:
            return None
        parameters = call.get("Parameters")
        location = parameters.get("Location") if isinstance(parameters, dict) else None
        if not isinstance(location, str) or not is_local(location):
            return None
        try:
            return beside(self._template, location)
        except NotReadError as error:
            self._refused.append(Unsupported(f"{INCLUDE} ({error})", self._template.position(place)))
            return None

    def _snippet(self, file: str, place: PropertyPath) -> tuple[Any, dict[PropertyPath, Position]]:
        self._texts.setdefault(file, self._read(file))
        self._limit -= len(self._texts[file])
        if self._limit < 0:
            raise self._template.error("the files that it includes are larger than any template", place)
        decoder = Decoder(file)
        return decoder.decode(parse(self._texts[file], file)), decoder.positions

    def _keep(
        self, positions: dict[PropertyPath, Position], within: PropertyPath, path: PropertyPath, file: str
    ) -> None:
        """Remember where what stands at `within` in the snippet stands, which comes to stand at `path`."""
        for inner, at in positions.items():
            if inner[: len(within)] == within:
                self._positions[(*path, *inner[len(within) :])] = replace(at, file=file)
