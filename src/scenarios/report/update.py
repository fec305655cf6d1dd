"""What an update of a stack would do, as text and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from scenarios.deployment.deployment import Deployment
from scenarios.deployment.differences import Difference, Effect
from scenarios.deployment.shapes import flag
from scenarios.deployment.update import Action, Change, Update
from scenarios.report.json import dump
from scenarios.report.printable import printable
from scenarios.report.style import Style

_MARKS = {
    Action.CREATED: ("+", "green"),
    Action.IN_PLACE: ("~", "cyan"),
    Action.REPLACED: ("±", "yellow"),
    Action.PERHAPS: ("?", "yellow"),
    Action.DELETED: ("-", "red"),
    Action.REFUSED: ("✗", "red"),
}
_LONGEST = 60


def update_text(update: Update, style: Style) -> str:
    """The changes, each with what differs and what is lost."""
    counts = Counter(change.action for change in update.changes)
    told = [f"{counts[action]} {action.value}" for action in Action if counts[action]]
    files = f"{update.old.template.file} → {update.new.template.file}"
    lines = [style.paint(printable(files), "bold") + "  " + ", ".join([*told, f"{update.unchanged} unchanged"])]
    columns = zip(*map(_cells, update.changes), strict=True)
    widths = [max(len(printable(cell)) for cell in column) for column in columns]
    for change in update.changes:
        lines += ["", *_change(change, widths, style)]
    lost = [printable(change.logical_id) for change in update.changes if change.loss]
    if lost:
        lines += ["", style.paint(f"lost: {', '.join(lost)}", "red", "bold")]
    if notes := [*_notes(update)]:
        lines += ["", *(printable(note) for note in notes)]
    return "\n".join(lines) + "\n"


def update_json(update: Update) -> str:
    """`scenarios/update/1`: the changes in the order of the templates."""
    return dump(
        {
            "schema": "scenarios/update/1",
            "old": update.old.template.file,
            "new": update.new.template.file,
            "changes": [_row(change) for change in update.changes],
            "unchanged": update.unchanged,
            "notes": [*_notes(update)],
        }
    )


def _cells(change: Change) -> tuple[str, str, str]:
    return change.action.value, change.logical_id, change.type


def _change(change: Change, widths: list[int], style: Style) -> Iterator[str]:
    mark, colour = _MARKS[change.action]
    action, name, kind = (printable(cell).ljust(width) for cell, width in zip(_cells(change), widths, strict=True))
    yield f"  {style.paint(f'{mark} {action}', colour)}  {name}  {kind}".rstrip()
    for difference in change.differences:
        effect = "" if difference.effect is Effect.IN_PLACE else f"  ({difference.effect.value})"
        yield f"      {printable(_values(difference))}{effect}"
    if change.reason:
        yield f"      {printable(change.reason)}"
    if change.hanging:
        yield f"      if it is replaced, these change too: {printable(', '.join(change.hanging))}"
    if change.loss:
        attribute = "DeletionPolicy" if change.action is Action.DELETED else "UpdateReplacePolicy"
        yield style.paint(f"      ! {printable(change.loss)} ({attribute}: {printable(str(change.policy))})", "red")
    elif change.policy and change.policy != "Delete":
        yield (
            f"      kept, outside the stack: {printable(change.policy)}" if _stays(change) else f"      {change.policy}"
        )
    yield style.paint(f"      {printable(_place(change))}", "dim")


def _stays(change: Change) -> bool:
    return change.policy is not None and change.policy.startswith("Retain")


def _values(difference: Difference) -> str:
    before, after = _short(difference.before), _short(difference.after)
    path = ".".join(map(str, difference.path))
    if difference.before is None:
        return f"{path}: {after}, new"
    return f"{path}: {before}, gone" if difference.after is None else f"{path}: {before} → {after}"


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _place(change: Change) -> str:
    return f"{change.position.file}:{change.position.line}:{change.position.column}"


def _row(change: Change) -> dict[str, Any]:
    return {
        "logical_id": change.logical_id,
        "type": change.type,
        "action": change.action.value,
        "physical_id": change.physical_id,
        "differences": [
            {
                "path": list(one.path),
                "before": one.before,
                "after": one.after,
                "effect": one.effect.value,
            }
            for one in change.differences
        ],
        "policy": change.policy,
        "loss": change.loss,
        "reason": change.reason,
        "hanging": list(change.hanging),
        "file": change.position.file,
        "line": change.position.line,
        "column": change.position.column,
    }


def _notes(update: Update) -> Iterator[str]:
    """What the answer rests on."""
    for deployment, which in ((update.old, "old"), (update.new, "new")):
        yield from (f"{which} template: {note}" for note in deployment.notes)
    names = {**update.old.placeholders, **update.new.placeholders}
    for name in names:
        yield f"no value given for parameter {name}: taken as the same in both"
    yield from _defaults(update.old, update.new)


def _defaults(old: Deployment, new: Deployment) -> Iterator[str]:
    """Parameters whose default changed: a stack keeps the value that it has unless it is told otherwise."""
    was, now = (deployment.template.body.get("Parameters") or {} for deployment in (old, new))
    for name in now:
        before, after = (one.get("Default") if isinstance(one, dict) else None for one in (was.get(name), now[name]))
        if name in was and before != after and None not in (before, after):
            secret = any(flag(one.get("NoEcho")) for one in (was[name], now[name]) if isinstance(one, dict))
            values = "" if secret else f" from {_short(before)} to {_short(after)}"
            yield (
                f"the default of parameter {name} changes{values}; "
                "an update that keeps the previous value changes nothing by it"
            )
