"""What became of every property of every telling template: the rows of the table."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from fidelity.readback import Made, answers, unfolded
from fidelity.telling import ACCOUNT, telling
from scenarios.deployment import deploy
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.ledger import Status
from scenarios.deployment.schemas import schema
from scenarios.emulator import emulator
from scenarios.emulator.backend import backends
from scenarios.emulator.environment import environment
from scenarios.emulator.models import shared_models
from scenarios.emulator.seal import seal
from scenarios.emulator.session import EmulatedSession
from scenarios.template import parse

HERE = Path(__file__).parent
Row = dict[tuple[str, str], str]
"""(type, dotted property) -> status"""


def load(name: str) -> dict[str, Any]:
    """A data file beside this one."""
    found: dict[str, Any] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return found


def cases() -> dict[str, dict[str, Any]]:
    """By type: what differs from the generated template, how to read it, and what is told otherwise or nowhere."""
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(HERE.glob("cases/*.yaml")):
        found |= {kind: case or {} for kind, case in load(f"cases/{name.name}").items()}
    return found


def written(value: Any) -> Any:
    """`@Thing` as a reference, `@Thing.Attribute` as an attribute."""
    if isinstance(value, dict):
        return {name: written(item) for name, item in value.items()}
    if isinstance(value, list):
        return [written(item) for item in value]
    if isinstance(value, str) and (found := re.fullmatch(r"@(\w+)(?:\.([\w.]+))?", value)):
        return {"Fn::GetAtt": [found[1], found[2]]} if found[2] else {"Ref": found[1]}
    return value


def properties(kind: str, case: Mapping[str, Any]) -> dict[str, Any]:
    """The telling properties of one case."""
    found = telling(kind)
    only = case.get("only")
    if only is not None:
        found = {name: value for name, value in found.items() if name in only}
    for path, value in (case.get("set") or {}).items():
        place(found, path.split("."), written(value))
    return found


def place(holder: Any, path: list[str], value: Any) -> None:
    """Set what stands at a path; nothing removes it."""
    *outer, last = path
    for step in outer:
        holder = holder[int(step)] if isinstance(holder, list) else holder.setdefault(step, {})
    if isinstance(holder, list):
        holder[int(last)] = value
    elif value is None:
        holder.pop(last, None)
    else:
        holder[last] = value


def logical_id(kind: str, index: int) -> str:
    """`S3Bucket`, `S3Bucket2`."""
    return kind.removeprefix("AWS::").replace("::", "") + (str(index + 1) if index else "")


def template(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """One template with every case, and what they stand on; every attribute is an output."""
    body: dict[str, Any] = {"Resources": written(load("base.yaml")), "Outputs": {}}
    for kind, case in told.items():
        for name, one in named(kind, case):
            after = written(one.get("after") or case.get("after"))
            body["Resources"][name] = {"Type": kind, "Properties": properties(kind, one)}
            if after:
                body["Resources"][name]["DependsOn"] = after
            for pointer in (schema(kind) or {}).get("readOnlyProperties", ()):
                attribute = pointer.removeprefix("/properties/").replace("/", ".")
                if "*" not in attribute:
                    output = f"{name}{len(body['Outputs'])}"
                    body["Outputs"][output] = {"Value": {"Fn::GetAtt": [name, attribute]}, "Description": attribute}
    return body


def deployed(session: Any, body: dict[str, Any]) -> Deployment:
    """The template deployed."""
    return deploy(parse(json.dumps(body), "telling.json"), session, account_id=ACCOUNT)


def shown(
    session: Any, deployment: Deployment, body: Mapping[str, Any], told: Mapping[str, Any]
) -> dict[str, set[str]]:
    """By logical id: the leaves of its properties that the account shows."""
    outputs: dict[str, dict[str, Any]] = {}
    for output, said in body["Outputs"].items():
        name, attribute = said["Value"]["Fn::GetAtt"]
        if deployment.outputs.get(output) is not None:
            outputs.setdefault(name, {})[attribute] = deployment.outputs[output]
    found: dict[str, set[str]] = {}
    for kind, case in told.items():
        for name, _ in named(kind, case):
            entry = deployment.entry(name)
            if entry is None or entry.physical_id is None or entry.status is Status.RECORDED:
                continue
            resolved = deployment.resolved[name]
            made = Made(kind, entry.physical_id, resolved, outputs.get(name, {}), case.get("reads") or {})
            found[name] = compared(resolved, answers(session, made), case.get("says") or {}, made.identifiers)
    return found


def compared(given: Mapping[str, Any], answered: list[Any], says: Mapping[str, str], identifiers: set[str]) -> set[str]:
    """The leaves (dotted) that stand somewhere in the answers."""
    there = [
        (tuple(step.lower() for step in path), norm(value)) for answer in answered for path, value in unfolded(answer)
    ]
    values = {value for _, value in there} | {re.split("[/:]", value)[-1] for _, value in there}
    values |= {step for answer in answered for path, _ in unfolded(answer) for step in path}  # tags as a mapping
    members = {
        (step, text) for path, value in there for step in path[-3:] for text in (value, re.split("[/:]", value)[-1])
    }
    mine = list(told_leaves(given))
    counts = Counter(norm(value) for _, value in mine)
    found, by_name = set(), set()
    for path, value in mine:
        dotted, text = ".".join(path), norm(value)
        said = says.get(re.sub(r"\.\d+(?=\.|$)", ".*", dotted))
        if said is not None:
            member, valued, equal = str(said).partition("=")
            if (member.lower(), norm(equal if valued else value)) in members:
                found.add(dotted)
        elif (telltale(text) and counts[text] == 1) or text in identifiers:
            if text in values:
                found.add(dotted)
        elif any(other == text and named_alike(path, place) for place, other in there):
            by_name.add(dotted)
    # Where no text of a property is there that could be told, a switch or a choice in it was found by chance.
    tellable = {path[0] for path, value in mine if telltale(norm(value)) and counts[norm(value)] == 1}
    certain = {dotted.split(".")[0] for dotted in found}
    return found | {dotted for dotted in by_name if (top := dotted.split(".")[0]) in certain or top not in tellable}


def last(text: str) -> str:
    """The last part of an ARN or a path."""
    return re.split("[/:]", text)[-1]


def told_leaves(given: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The leaves of properties; a JSON document in a text counts by its leaves."""
    for path, value in unfolded(given):
        if not (isinstance(value, str) and value[:1] in ("{", "[")):
            yield path, value


def telltale(text: str) -> bool:
    """Whether a text stands nowhere by chance."""
    return len(text) > 5 and re.search(r"\d{4}", text) is not None


_COMMON = {"enable", "enabled", "status", "type", "mode", "name", "value", "key", "id", "role", "days", "state"}
"""What many members are called: such a one has to stand within something called alike as well."""


def named_alike(path: tuple[str, ...], place: tuple[str, ...]) -> bool:
    """Whether a property and a member that hold the same value have the same name."""
    names = [step.lower() for step in path if not step.isdigit()]
    if not any(alike(names[-1], step) for step in place[-3:]):
        return False
    outer = [_short(name) for name in names[:-1]]
    inner = [_short(step) for step in place[:-1]]
    return names[-1] not in _COMMON or not outer or any(alike(name, step) for name in outer for step in inner)


def _short(name: str) -> str:
    return name.removesuffix("config").removesuffix("configuration").removesuffix("specification")


def alike(one: str, other: str) -> bool:
    """Whether a property and a member are called the same, save for a word before it or the plural."""
    one, other = one.removesuffix("s"), other.removesuffix("s")
    return one == other or (min(len(one), len(other)) > 3 and (one.endswith(other) or other.endswith(one)))


def norm(value: Any) -> str:
    """A scalar as APIs and templates write it alike."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Measured:
    """The table, and why cases failed that should not."""

    table: Row
    failures: dict[str, str]


@contextmanager
def plain() -> Iterator[Any]:
    """The emulator without its supplements."""
    with environment(ACCOUNT, "us-east-1"), shared_models(), seal(), backends():
        yield EmulatedSession(ACCOUNT, "us-east-1")


def measured() -> Measured:
    """Every telling template deployed and read back, with the supplements and without."""
    told = cases()
    body = template(told)
    with emulator(account_id=ACCOUNT) as session:
        deployment = deployed(session, body)
        here = shown(session, deployment, body, told)
    with plain() as session:
        without = shown(session, deployed(session, body), body, told)
    failures = {
        entry.logical_id: f"{entry.type}: {entry.reason}"
        for entry in deployment.ledger
        if entry.status in (Status.FAILED, Status.UNSUPPORTED, Status.SKIPPED)
    }
    table: Row = {}
    for kind, case in told.items():
        found: Row = {}
        for name, said in named(kind, case):
            if name not in failures:
                one = statuses(deployment, name, case, here.get(name, set()), without.get(name, set()))
                tells = said.get("tells")
                one = {place: status for place, status in one.items() if not tells or place.split(".")[0] in tells}
                found |= {place: status for place, status in one.items() if place not in found}
        table |= {(kind, place): status for place, status in found.items()}
    return Measured(table, failures)


def named(kind: str, case: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The logical id of each case of a type, and the case."""
    return [(logical_id(kind, index), one) for index, one in enumerate(case.get("cases") or [{}])]


def statuses(
    deployment: Deployment, name: str, case: Mapping[str, Any], here: set[str], plain: set[str]
) -> dict[str, str]:
    """By property, and by parts of it where they differ."""
    entry = deployment.entry(name)
    assert entry is not None
    leaves: dict[str, str] = {}
    silent = set(case.get("silent") or ()) | write_only(entry.type)
    for path, _ in told_leaves(deployment.resolved[name]):
        dotted = ".".join(path)
        general = re.sub(r"\.\d+(?=\.|$)", ".*", dotted)
        if entry.status is Status.RECORDED:
            leaves[general] = "recorded"
        elif dotted in here:
            leaves[general] = "api" if dotted in plain else "supplemented"
        elif any(general == one or general.startswith(one + ".") for one in silent):
            leaves[general] = "silent"
        else:
            leaves[general] = "unmapped" if any(covers(one, dotted) for one in entry.unmapped) else "lost"
    return folded(leaves)


def covers(unmapped: str, dotted: str) -> bool:
    return dotted == unmapped or dotted.startswith(unmapped + ".")


def write_only(kind: str) -> set[str]:
    """What AWS itself shows nowhere, by the type's schema."""
    pointers = (schema(kind) or {}).get("writeOnlyProperties", ())
    return {pointer.removeprefix("/properties/").replace("/", ".") for pointer in pointers}


def folded(leaves: Mapping[str, str]) -> dict[str, str]:
    """Statuses by the shortest paths: one row where all parts agree, else the main status and what differs."""
    found: dict[str, str] = {}
    _fold(leaves, "", found)
    return found


_BEST = ("api", "supplemented", "recorded", "silent", "unmapped", "lost")


def _fold(leaves: Mapping[str, str], prefix: str, found: dict[str, str], holds: str = "") -> None:
    names = dict.fromkeys(path[len(prefix) :].split(".")[0] for path in leaves if path.startswith(prefix))
    for name in names:
        place = prefix + name
        inside = {path: status for path, status in leaves.items() if path == place or path.startswith(place + ".")}
        kinds = set(inside.values())
        main = min(kinds, key=_BEST.index)
        if not prefix or main != holds:
            found[place] = main
        if len(kinds) > 1:
            _fold(leaves, place + ".", found, main)
