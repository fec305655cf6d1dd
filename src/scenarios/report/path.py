"""Ways over a network, as text, JSON and Mermaid."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from scenarios.account.workload import Workload
from scenarios.finding import Origin
from scenarios.network import Block, Blocked, Destination, Hop, Internet, Network, Path, Trace, Undecided
from scenarios.network.sets.addresses import plain
from scenarios.report.json import dump
from scenarios.report.printable import printable
from scenarios.report.style import Style
from scenarios.run.path import Flow, Ways

_LOOKS = {Path: ("✓", "green", "open"), Blocked: ("✗", "red", "blocked"), Undecided: ("?", "yellow", "unknown")}
_KINDS = {
    "service-network": "by the service's own network",
    "local": "within the VPC",
    "internet-gateway": "straight from the internet gateway",
}


def verdict(trace: Trace) -> str:
    """`open`, `blocked` or `unknown`."""
    return _LOOKS[type(trace)][2]


def path_text(ways: Ways, *, style: Style, width: int = 100) -> str:
    """One way hop by hop; several as a table, each workload with every destination."""
    writer = _Writer(ways, style, width)
    lines = list(writer.one(ways.flows[0]) if ways.single else writer.table())
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, ways: Ways, style: Style, width: int) -> None:
        self._ways = ways
        self._style = style
        self._width = width

    def one(self, flow: Flow) -> Iterator[str]:
        """The hops one below the other, with what let each pass; at the end the verdict's reason."""
        trace = flow.trace
        mark, colour, word = _LOOKS[type(trace)]
        title = f"{self._words(_title(self._ways, flow))}: "
        yield f"{self._style.paint(mark, colour)} {title}{self._style.paint(word, colour, 'bold')}"
        hops = [(self._words(hop.what), hop) for hop in trace.hops]
        size = min(max((len(name) for name, _ in hops), default=0), self._width // 3)
        for name, hop in hops:
            yield from self._hop(name, hop, size)
        if isinstance(trace, Path):
            if trace.packets:
                yield from self._wrapped(f"gets there: {trace.packets}", "    ")
            return
        yield from self._wrapped(f"because {trace.why}", "    ")
        if place := self._place(trace.at):
            yield f"    {self._style.paint(place, 'cyan')}"
        if flow.need is not None and flow.need.required:
            yield from self._wrapped(f"it is needed: {flow.need.row.why}", "    ")

    def _hop(self, name: str, hop: Hop, size: int) -> Iterator[str]:
        indent = " " * (size + 6)
        words = self._wrap(hop.why, max(self._width - len(indent), 30))
        yield f"  │ {name.ljust(size)}  {words[0]}" if len(name) <= size else f"  │ {name}"
        yield from (indent + line for line in (words[1:] if len(name) <= size else words))
        if place := self._place(hop.origin):
            yield indent + self._style.paint(place, "cyan")

    def table(self) -> Iterator[str]:
        """Each workload with a line for every destination."""
        if not self._ways.flows:
            yield "The template has no workload whose network could be traced; --from takes a subnet too."
            return
        size = max(len(_label(self._ways, flow)) for flow in self._ways.flows)
        size = min(size, self._width // 3)
        for number, (_, flows) in enumerate(groupby(self._ways.flows, key=lambda flow: _workload(flow).arn)):
            listed = list(flows)
            if number:
                yield ""
            yield from self._head(_workload(listed[0]))
            alike = {(type(flow.trace), _short(flow)) for flow in listed}
            if len(listed) > 1 and len(alike) == 1:
                yield from self._row(listed[0], size, "anywhere")
                continue
            for flow in listed:
                yield from self._row(flow, size, _label(self._ways, flow))

    def _head(self, workload: Workload) -> Iterator[str]:
        title = self._style.paint(self._words(_name(self._ways, workload)), "bold")
        place = self._place(workload.origin)
        yield f"{title}  {self._style.paint(place, 'cyan')}" if place else title

    def _row(self, flow: Flow, size: int, label: str) -> Iterator[str]:
        mark, colour, _ = _LOOKS[type(flow.trace)]
        label = printable(label)
        indent = " " * (size + 6)
        words = self._wrap(_short(flow), max(self._width - len(indent), 30))
        yield f"  {self._style.paint(mark, colour)} {label.ljust(size)}  {words[0]}"
        yield from (indent + line for line in words[1:])

    def _words(self, text: str) -> str:
        return printable(self._ways.familiar.words(text))

    def _place(self, origin: Origin | None) -> str:
        if origin is None:
            return ""
        return printable(self._ways.deployment.place(origin))

    def _wrap(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(self._words(text), width, break_long_words=False, break_on_hyphens=False) or [""]

    def _wrapped(self, text: str, indent: str) -> Iterator[str]:
        yield from (indent + line for line in self._wrap(text, self._width - len(indent)))


def _workload(flow: Flow) -> Workload:
    end = flow.source if isinstance(flow.source, Workload) else flow.destination
    if not isinstance(end, Workload):
        raise TypeError("one end of a flow is a workload")
    return end


def _name(ways: Ways, workload: Workload) -> str:
    """A workload's logical id; its name besides where one resource makes several."""
    if workload.origin is None:
        return workload.name
    own = workload.origin.logical_id
    entry = ways.deployment.entry(own)
    if entry is not None and entry.type == "AWS::EC2::Subnet":
        return workload.name  # whatever may stand there, as it was asked for
    several = workload.origin.path or (entry and entry.type == "AWS::SageMaker::Pipeline")
    return f"{own} {workload.name}" if several else own


def _destination(ways: Ways, destination: Destination | Workload) -> str:
    match destination:
        case Internet():
            return "internet"
        case Network(name):
            return ways.familiar.name(name)
        case Block(cidr, None):
            return plain(cidr)
        case Block(cidr, port):
            return f"[{plain(cidr)}]:{port}" if ":" in cidr else f"{plain(cidr)}:{port}"
        case Workload():
            return _name(ways, destination)
    return destination.name


def _source(ways: Ways, source: Workload | Internet) -> str:
    return "internet" if isinstance(source, Internet) else _name(ways, source)


def _title(ways: Ways, flow: Flow) -> str:
    return f"{_source(ways, flow.source)} to {_destination(ways, flow.destination)}"


def _label(ways: Ways, flow: Flow) -> str:
    if isinstance(flow.source, Internet):
        return "from the internet"
    return _destination(ways, flow.destination)


def _short(flow: Flow) -> str:
    """One line's worth: which way, or why not, and that it is needed."""
    trace = flow.trace
    if not isinstance(trace, Path):
        required = "; required" if flow.need and flow.need.required and isinstance(trace, Blocked) else ""
        return trace.why + required
    if trace.kind == "endpoint":
        return f"through {trace.via}"
    words = _KINDS.get(trace.kind) if trace.via is None or isinstance(flow.source, Internet) else None
    return words or f"by {trace.kind} {trace.via or ''}".rstrip()


def path_json(ways: Ways) -> str:
    """`scenarios/path/1`: each flow with its verdict, hops and reason, in the template's names."""
    return dump(
        {
            "schema": "scenarios/path/1",
            "file": ways.deployment.template.file,
            "flows": [_flow(ways, flow) for flow in ways.flows],
        }
    )


def _flow(ways: Ways, flow: Flow) -> dict[str, Any]:
    trace, words = flow.trace, ways.familiar.words
    opened = isinstance(trace, Path)
    return {
        "from": _source(ways, flow.source),
        "to": _destination(ways, flow.destination),
        "verdict": verdict(trace),
        "kind": trace.kind if isinstance(trace, Path) else None,
        "via": words(trace.via) if isinstance(trace, Path) and trace.via else None,
        "packets": words(str(trace.packets)) if isinstance(trace, Path) and trace.packets else None,
        "code": None if isinstance(trace, Path) else trace.code,
        "why": None if isinstance(trace, Path) else words(trace.why),
        "at": None if opened or isinstance(trace, Path) else _at(ways, trace.at),
        "hops": [{"what": words(hop.what), "why": words(hop.why), **_at(ways, hop.origin)} for hop in trace.hops],
        "need": _need(flow),
    }


def _need(flow: Flow) -> dict[str, Any] | None:
    need = flow.need
    if need is None:
        return None
    return {"required": need.required, "why": need.row.why, "source": need.row.page}


def _at(ways: Ways, origin: Origin | None) -> dict[str, Any]:
    if origin is None:
        return {"resource": None, "path": [], "file": None, "line": None, "column": None}
    position = ways.deployment.position(origin)
    path = list(ways.deployment.template_path(origin))
    place = {"file": position.file, "line": position.line, "column": position.column}
    return {"resource": origin.logical_id, "path": path, **place}


def path_mermaid(ways: Ways) -> str:
    """A Mermaid flowchart: one way's hops, or every workload with its destinations; closed ways are dotted and end in
    a cross, undecided ones are dotted."""
    lines = list(_chain(ways, ways.flows[0]) if ways.single else _graph(ways))
    return "\n".join(["flowchart LR", *(f"  {line}" for line in lines)]) + "\n"


def _chain(ways: Ways, flow: Flow) -> Iterator[str]:
    trace = flow.trace
    labels = [_shape(ways, hop.what, hop.why) for hop in trace.hops] or [_safe(_source(ways, flow.source))]
    for number, label in enumerate(labels):
        yield f'n{number}["{label}"]'
    yield f'n{len(labels)}(["{_safe(_destination(ways, flow.destination))}"])'
    yield from (f"n{number} --> n{number + 1}" for number in range(len(labels) - 1))
    yield f"n{len(labels) - 1} {_arrow(ways, trace)} n{len(labels)}"


def _shape(ways: Ways, what: str, why: str) -> str:
    words = ways.familiar.words
    return f"{_safe(words(what))}<br/>{_safe(words(why))}"


def _graph(ways: Ways) -> Iterator[str]:
    ids: dict[str, str] = {}
    for flow in ways.flows:
        ends = [_source(ways, flow.source), _destination(ways, flow.destination)]
        for end in ends:
            if end not in ids:
                ids[end] = f"n{len(ids)}"
                yield f'{ids[end]}["{_safe(end)}"]'
        yield f"{ids[ends[0]]} {_arrow(ways, flow.trace)} {ids[ends[1]]}"


def _arrow(ways: Ways, trace: Trace) -> str:
    if isinstance(trace, Path):
        label = _safe(ways.familiar.words(trace.via or trace.kind))
        return f'-->|"{label}"|'
    if isinstance(trace, Blocked):
        return f'-. "{_safe(trace.code)}" .-x'
    return '-. "unknown" .->'


_ENTITIES = {'"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "#": "#35;", "`": "#96;", "|": "#124;"}


def _safe(text: str) -> str:
    """Text from a template as a label: nothing in it is markup."""
    return "".join(_ENTITIES.get(char, char) for char in printable(text))
