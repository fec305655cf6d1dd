"""What every fact has in common."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict

from scenarios.finding import Origin, PropertyPath

Tags = tuple[tuple[str, str], ...]


class Fact(BaseModel):
    """Something observed in an account. Facts hold no verdicts and are never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    origin: Origin | None = None


class Policy(Fact):
    """An AWS policy document as it stands on the resource that holds it.

    `text` is the document's JSON with sorted keys, so that equal documents are equal texts.
    `uncertain` names the parts (path from the document's root -> reason) whose value hangs on
    something unknown before deployment, such as a parameter without a value. `places` are the origins of its
    statements where each was made by a resource of its own (a Lambda permission).
    """

    name: str
    text: str
    arn: str | None = None
    aws_managed: bool = False
    uncertain: tuple[tuple[PropertyPath, str], ...] = ()
    places: tuple[Origin | None, ...] = ()

    @cached_property
    def document(self) -> dict[str, Any]:
        """The parsed document; an empty one where the text is no JSON object."""
        try:
            document = json.loads(self.text)
        except ValueError:
            return {}
        return document if isinstance(document, dict) else {}

    def statement_origin(self, index: int) -> Origin | None:
        """The origin of the statement at `index` (0 when `Statement` is a lone object)."""
        if index < len(self.places) and self.places[index] is not None:
            return self.places[index]
        if self.origin is None:
            return None
        lone = isinstance(self.document.get("Statement"), dict)
        return self.origin / "Statement" if lone else self.origin / "Statement" / index


class Unread(Fact):
    """Something that could not be read, so that nothing may be concluded from its absence.

    `what` is a fact path such as `"s3.bucket.policy"` or `"cloudtrail.trails"`; `name` the resource
    that it belongs to, when it is not the whole list.
    """

    what: str
    name: str | None = None
    reason: str
