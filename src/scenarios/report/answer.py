"""The answer to one question, as a short tree and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Collection, Iterator
from typing import Any

from scenarios.access import Change, Decision, LayerResult, Outcome, StatementRef
from scenarios.finding import Origin
from scenarios.network import Blocked, Path, Undecided
from scenarios.report.json import dump
from scenarios.report.printable import printable
from scenarios.report.style import Style
from scenarios.run.ask import Answer, Authorisation

_MARKS = {Outcome.ALLOWED: "✓", Outcome.EXPLICIT_DENY: "✗", Outcome.IMPLICIT_DENY: "✗", Outcome.UNKNOWN: "?"}
_COLOURS = {
    Outcome.ALLOWED: "green",
    Outcome.EXPLICIT_DENY: "red",
    Outcome.IMPLICIT_DENY: "red",
    Outcome.UNKNOWN: "yellow",
}
_WORDS = {
    Outcome.ALLOWED: "allowed",
    Outcome.EXPLICIT_DENY: "denied by a statement",
    Outcome.IMPLICIT_DENY: "denied, since nothing allows it",
    Outcome.UNKNOWN: "unknown",
}


def answer_text(answer: Answer, *, style: Style, width: int = 100) -> str:
    """The decision, the layers in AWS's order with the deciding statements, and what would allow what is denied."""
    writer = _Writer(answer, style, width)
    lines = [*writer.way(), *writer.authorisation(answer.first), *writer.note()]
    if answer.further:
        lines += ["", "The same call also takes:"]
        for one in answer.further:
            lines += ["", *writer.authorisation(one)]
    if answer.further or isinstance(answer.way, Blocked | Undecided):
        lines += ["", f"The call as a whole: {writer.outcome(answer.whole)}"]
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, answer: Answer, style: Style, width: int) -> None:
        self._answer = answer
        self._style = style
        self._width = width

    def way(self) -> Iterator[str]:
        """Whether the network lets the request get there."""
        way = self._answer.way
        if way is None:
            return
        if isinstance(way, Path):
            yield f"{self._mark(Outcome.ALLOWED)} the network has a way ({printable(way.via or way.kind)})"
            return
        blocked = isinstance(way, Blocked)
        words = "the network has no way" if blocked else "whether the network has a way is not decided"
        yield f"{self._mark(Outcome.IMPLICIT_DENY if blocked else Outcome.UNKNOWN)} {words}"
        yield from self._wrapped(f"because {way.why}", "    ")
        if place := self._place(way.at):
            yield f"    {self._style.paint(place, 'cyan')}"

    def outcome(self, decision: Decision) -> str:
        """The outcome in words, in its colour."""
        return self._style.paint(_WORDS[decision.outcome], _COLOURS[decision.outcome], "bold")

    def note(self) -> Iterator[str]:
        """What is odd about the question, if anything is."""
        if self._answer.note:
            yield from self._wrapped(f"note: {self._answer.note}", "  ")

    def authorisation(self, one: Authorisation) -> Iterator[str]:
        request, decision = one.request, one.decision
        yield f"{self._mark(decision.outcome)} {self.outcome(decision)}: {printable(request.action)}"
        yield f"    who   {printable(request.principal)}"
        yield f"    what  {printable(request.resource)}"
        if self._answer.via is not None and "kms:viaservice" not in request.context:
            yield f"    via   {printable(self._answer.via.endpoint_id)}"
        if decision.outcome is Outcome.UNKNOWN:
            for reason in decision.reasons or (decision.why,):
                yield from self._wrapped(f"because {reason}", "  ")
            yield from self._open_keys(one)
        names = max((len(layer.layer) for layer in decision.layers), default=0)
        lacking = {lack.partition(":")[0] for lack in decision.lacking}
        for layer in decision.layers:
            yield from self._layer(layer, names, lacking)
        for number, change in enumerate(one.changes, 1):
            yield from self._change(change, f"{number}. " if len(one.changes) > 1 else "", number == 1)

    def _open_keys(self, one: Authorisation) -> Iterator[str]:
        """The condition keys that a person could give to have the request decided."""
        reasons = one.decision.reasons
        keys = [key for key in one.request.unknown_keys if any(reason.startswith(f"{key}: ") for reason in reasons)]
        if keys:
            yield from self._wrapped(f"to decide it, give {' '.join(f'--context {key}=...' for key in keys)}", "  ")

    def _layer(self, layer: LayerResult, width: int, lacking: Collection[str]) -> Iterator[str]:
        """One layer; one that says nothing, and need not, is neither a pass nor a failure."""
        silent = layer.outcome is Outcome.IMPLICIT_DENY and layer.layer not in lacking
        mark = self._style.paint("–", "dim") if silent else self._mark(layer.outcome)
        head = f"  {mark} {layer.layer.ljust(width)}  "
        indent = " " * (width + 6)
        words = self._wrap(layer.why, self._width - len(indent))
        yield head + words[0]
        yield from (indent + line for line in words[1:])
        origins = [one.origin for one in layer.statements] if layer.statements else [layer.origin]
        for origin in origins:
            if place := self._place(origin):
                yield indent + self._style.paint(place, "cyan")

    def _change(self, change: Change, number: str, first: bool) -> Iterator[str]:
        label = "fix: " if first else "     "
        lines = self._wrap(change.words, self._width - 7 - len(number))
        yield f"  {label}{number}{lines[0]}"
        indent = " " * (7 + len(number))
        yield from (indent + line for line in lines[1:])
        if change.statement is not None and (place := self._place(change.statement.origin)):
            yield indent + self._style.paint(place, "cyan")
        elif change.allow is not None:
            yield indent + self._style.paint(printable(json.dumps(change.allow)), "dim")

    def _mark(self, outcome: Outcome) -> str:
        return self._style.paint(_MARKS[outcome], _COLOURS[outcome])

    def _place(self, origin: Origin | None) -> str:
        if origin is None:
            return ""
        return printable(self._answer.deployment.place(origin))

    def _wrap(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(printable(text), width, break_long_words=False, break_on_hyphens=False) or [""]

    def _wrapped(self, text: str, indent: str) -> Iterator[str]:
        yield from (indent + line for line in self._wrap(text, self._width - len(indent)))


def answer_json(answer: Answer) -> str:
    """`scenarios/ask/1`: the request's decision with all of its layers, and the same for the rest of the call."""
    return dump(
        {
            "schema": "scenarios/ask/1",
            "file": answer.deployment.template.file,
            **_authorisation(answer, answer.first),
            "via": answer.via.endpoint_id if answer.via else None,
            "note": answer.note,
            "way": _way(answer),
            "call": {
                "decision": answer.whole.outcome.value,
                "further": [_authorisation(answer, one) for one in answer.further],
            },
        }
    )


def _way(answer: Answer) -> dict[str, Any] | None:
    """The network's part, where the request comes from a workload."""
    way = answer.way
    if way is None:
        return None
    if isinstance(way, Path):
        return {"verdict": "open", "why": None, "kind": way.kind, "via": way.via}
    return {"verdict": "blocked" if isinstance(way, Blocked) else "unknown", "why": way.why, "kind": None, "via": None}


def _authorisation(answer: Answer, one: Authorisation) -> dict[str, Any]:
    request, decision = one.request, one.decision
    return {
        "decision": decision.outcome.value,
        "why": decision.why,
        "request": {
            "principal": request.principal,
            "action": request.action,
            "resource": request.resource,
            "resource_account": request.resource_account,
            "context": {key: value for key, value in sorted(request.context.items()) if value != ()},
            "unknown_keys": dict(sorted(request.unknown_keys.items())),
        },
        "by": [_statement(answer, by) for by in decision.by],
        "layers": [
            {
                "layer": layer.layer,
                "outcome": layer.outcome.value,
                "why": layer.why,
                "statements": [_statement(answer, statement) for statement in layer.statements],
                "condition": _condition(layer),
            }
            for layer in decision.layers
        ],
        "lacking": list(decision.lacking),
        "unknown": list(decision.reasons),
        "changes": [_change(answer, change) for change in one.changes],
    }


def _statement(answer: Answer, statement: StatementRef) -> dict[str, Any]:
    place: dict[str, Any] = {"resource": None, "path": [], "file": None, "line": None, "column": None}
    if statement.origin is not None:
        position = answer.position(statement.origin)
        place = {
            "resource": statement.origin.logical_id,
            "path": list(answer.deployment.template_path(statement.origin)),
            "file": position.file,
            "line": position.line,
            "column": position.column,
        }
    return {
        "layer": statement.layer,
        "policy": statement.policy,
        "statement": statement.statement,
        "effect": statement.effect,
        **place,
    }


def _condition(layer: LayerResult) -> dict[str, Any] | None:
    failed = layer.condition
    if failed is None:
        return None
    return {"operator": failed.operator, "key": failed.key, "wanted": list(failed.wanted), "given": list(failed.given)}


def _change(answer: Answer, change: Change) -> dict[str, Any]:
    return {
        "layer": change.layer,
        "step": change.step.value,
        "words": change.words,
        "statement": _statement(answer, change.statement) if change.statement else None,
        "allow": change.allow,
    }
