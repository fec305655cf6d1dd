"""The answers as tables, for every format to write in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scenarios.report.usage.integrity import integrity_section
from scenarios.report.usage.section import MOST, Line, Section, more
from scenarios.usage.answers.days import Day, days
from scenarios.usage.answers.table import SUCCEEDED, Sum, Tables, sums
from scenarios.usage.events.row import Outcome
from scenarios.usage.usage import Usage

_MOST_MESSAGES = 2
_LONGEST_MESSAGE = 90
_CAME_TO_NOTHING = (Outcome.BLOCKED, Outcome.FAILED)
_BY_LOG = "by the log of model invocations"
_IAM = re.compile(r"arn:[\w-]+:iam::(\d{12}):(.+)")
_OUTCOMES = {
    "accepted": SUCCEEDED,
    "denied": {Outcome.DENIED.value},
    "throttled": {Outcome.THROTTLED.value},
    "invalid": {Outcome.INVALID.value},
    "failed": {Outcome.FAILED.value},
    "blocked": {Outcome.BLOCKED.value},
}
_RECORDED = ("no", "unknown", "yes")
_SAID = {"no": "not recorded", "unknown": "unknown", "yes": "recorded"}


def sections(usage: Usage) -> Iterator[Section]:
    """The tables, in the order of the questions that they answer."""
    yield _coverage(usage)
    yield _callers(usage.tables)
    yield _days(usage.tables)
    yield _errors(usage.tables)
    yield _origins(usage.tables)
    yield _regions(usage.tables)
    yield _throttling(usage)
    if usage.integrity is not None:
        yield integrity_section(usage.integrity)


def _coverage(usage: Usage) -> Section:
    """The calls by whether they are recorded and why; one that is not is never shown as none made."""
    counted = sums(usage.tables["calls"], "service", "api")
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in sorted(usage.coverage, key=lambda one: _RECORDED.index(one.recorded)):
        total = counted.get((one.service, one.call))
        calls = f" {total.count:,}" if total else ""
        found.setdefault((one.recorded, one.service, one.because), []).append(f"{one.call}{calls}")
    rows = tuple(
        Line((_SAID[recorded], f"{service}: {', '.join(calls)}", because))
        for (recorded, service, because), calls in found.items()
    )
    return Section("what is recorded", ("recorded", "calls", "because"), rows, wide=True)


def _callers(tables: Tables) -> Section:
    """Principal by model: the calls, and how many of them went through."""
    calls = [_named(line) for line in tables["calls"]]
    totals = sums(calls, "principal", "model")
    ranked = sorted(totals.items(), key=lambda item: (-item[1].count, str(item[0])))
    parts = [
        sums((line for line in calls if line["outcome"] in outcomes), "principal", "model")
        for outcomes in (SUCCEEDED, {Outcome.ANSWERED.value}, {Outcome.BLOCKED.value})
    ]
    rows = tuple(_caller(key, total, [part.get(key) for part in parts]) for key, total in ranked[:MOST])
    heads = ("principal", "model", "calls", "accepted", "answered", "blocked", "first", "last")
    return Section("who called what", heads, rows, numbers=(2, 3, 4, 5), bars=True, notes=more(len(ranked)))


def _caller(key: tuple[Any, ...], total: Sum, parts: list[Sum | None]) -> Line:
    """Without a model-invocation log, nobody knows what was answered or blocked."""
    principal, model = key
    accepted, *logged = (_share(part.count, total.count) if part else "–" for part in parts)
    none = _share(0, total.count)
    cells = (principal, model or "–", f"{total.count:,}", none if accepted == "–" else accepted, *logged)
    return Line((*cells, total.first_seen[:10], total.last_seen[:10]), total.count)


def _days(tables: Tables) -> Section:
    """The latest days, by what became of their calls."""
    found = days(tables)
    rows = tuple(_day(day) for day in found[-MOST:])
    notes = (f"and {len(found) - MOST:,} earlier days, in the JSON",) if len(found) > MOST else ()
    names = tuple(_OUTCOMES)
    heads, numbers = ("day", "calls", *names), tuple(range(1, len(names) + 2))
    return Section("day by day", heads, rows, numbers=numbers, bars=True, notes=notes, parts=names)


def _day(day: Day) -> Line:
    parts = [sum(day.outcomes.get(outcome, 0) for outcome in outcomes) for outcomes in _OUTCOMES.values()]
    return Line((day.day, f"{day.count:,}", *(f"{part:,}" for part in parts)), day.count, tuple(parts))


def _errors(tables: Tables) -> Section:
    """The errors by class, each with its most frequent message, and what came to nothing without an error."""
    failed = [line for line in tables["calls"] if line["error_code"] or line["outcome"] in _CAME_TO_NOTHING]
    ranked = sorted(sums(failed, "outcome", "error_code").items(), key=lambda item: (-item[1].count, str(item[0])))
    messages: dict[str, list[str]] = {}
    by_message = sums(tables["messages"], "error_code", "error_message")
    for (code, message), _ in sorted(by_message.items(), key=lambda item: -item[1].count):
        messages.setdefault(code, []).append(message)
    said = {code: _short("; ".join(texts[:_MOST_MESSAGES])) for code, texts in messages.items()}
    rows = tuple(
        Line((outcome, code or "–", f"{total.count:,}", said.get(code, "" if code else _BY_LOG)), total.count)
        for (outcome, code), total in ranked[:MOST]
    )
    return Section("errors", ("outcome", "error", "calls", "messages"), rows, numbers=(2,), notes=more(len(ranked)))


def _origins(tables: Tables) -> Section:
    found = sums(tables["origins"], "source", "source_kind")
    ranked = sorted(found.items(), key=lambda item: (-item[1].count, str(item[0])))
    rows = tuple(
        Line((source or "unknown", kind, f"{total.count:,}"), total.count) for (source, kind), total in ranked[:MOST]
    )
    return Section("from where", ("source", "kind", "calls"), rows, numbers=(2,), bars=True, notes=more(len(ranked)))


def _regions(tables: Tables) -> Section:
    found = sums(tables["regions"], "region", "inference_region")
    ranked = sorted(found.items(), key=lambda item: (-item[1].count, str(item[0])))
    rows = tuple(
        Line((region or "unknown", other or "the same", f"{total.count:,}"), total.count)
        for (region, other), total in ranked[:MOST]
    )
    heads = ("called in", "inferred in", "calls")
    return Section("regions", heads, rows, numbers=(2,), bars=True, notes=more(len(ranked)))


def _throttling(usage: Usage) -> Section:
    rows = tuple(
        Line(
            (_who(spot.principal), _which(spot.model) or "–", f"{spot.count:,}", spot.peak, spot.peak_minute),
            spot.count,
        )
        for spot in usage.hot_spots[:MOST]
    )
    heads = ("principal", "model", "throttled", "worst minute", "at")
    return Section("throttling", heads, rows, numbers=(2, 3), bars=True, notes=more(len(usage.hot_spots)))


def _named(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "principal": _who(line["principal"]), "model": _which(line["model"])}


def _who(principal: str) -> str:
    """A principal as a person says it: `111122223333 role/App`."""
    found = _IAM.fullmatch(principal)
    return f"{found[1]} {found[2]}" if found else principal


def _which(model: str | None) -> str | None:
    """A model without what its ARN says besides."""
    return model.rpartition("/")[2] if model and model.startswith("arn:") else model


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "–"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[: _LONGEST_MESSAGE - 1]}…"
