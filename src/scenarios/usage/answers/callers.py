"""What is odd about who called: root, no second factor, bearer keys, newcomers, probing, refused and then allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scenarios.finding import Severity
from scenarios.usage.answers.notice import Notice
from scenarios.usage.answers.table import PERMITTED, Sum, Tables, sums
from scenarios.usage.events.row import Outcome
from scenarios.usage.moments import seconds_between

_SHORTEST_WINDOW = 2 * 86_400
_KNOWN_SHARE = 0.75
"""A principal is new whose first call lies in the last quarter of logs that cover two days or more."""
_ROOT = re.compile(r"arn:[\w-]+:iam::\d{12}:root")
_PROBED_MODELS = 3
_PROBES = 10
_TOKENS = re.compile(r"max_?tokens(_to_sample)?\W.*(range|minimum|greater than|at least|must be)", re.IGNORECASE)


def about_callers(tables: Tables) -> Iterator[Notice]:
    """The findings about principals."""
    yield from _root(tables)
    yield from _without_mfa(tables)
    yield from _bearer_keys(tables)
    yield from _denied_then_allowed(tables)
    yield from _probing(tables)
    yield from _newcomers(tables)


def _callers(tables: Tables, **wanted: Any) -> Iterator[tuple[str, Sum]]:
    """The principals of whom all of these are so, with their calls."""
    found = (line for line in tables["callers"] if all(line[key] == value for key, value in wanted.items()))
    for (principal,), total in sums(found, "principal").items():
        yield principal, total


def _notice(finding: str, severity: Severity, message: str, principal: str, total: Sum) -> Notice:
    return Notice(
        finding,
        severity,
        message,
        principal=principal,
        count=total.count,
        first_seen=total.first_seen,
        last_seen=total.last_seen,
    )


def _root(tables: Tables) -> Iterator[Notice]:
    """By its own credentials, or by a federated session that it has made."""
    found = (
        line for line in tables["callers"] if line["principal_type"] == "Root" or _ROOT.fullmatch(line["principal"])
    )
    for (principal,), total in sums(found, "principal").items():
        yield _notice("root-use", Severity.HIGH, "the account's root user called Bedrock", principal, total)


def _without_mfa(tables: Tables) -> Iterator[Notice]:
    found = (line for line in tables["callers"] if line["principal_type"] == "IAMUser" and line["mfa"] is not True)
    for (principal,), total in sums(found, "principal").items():
        message = "an IAM user called without a second factor: a long-term key, or a session without MFA"
        yield _notice("human-without-mfa", Severity.MEDIUM, message, principal, total)


def _bearer_keys(tables: Tables) -> Iterator[Notice]:
    for principal, total in _callers(tables, bearer_key=True):
        message = "called with a Bedrock API key, which whoever holds it can use"
        yield _notice("bearer-key", Severity.MEDIUM, message, principal, total)


def _denied_then_allowed(tables: Tables) -> Iterator[Notice]:
    """Refused before any success, then successful: a permission was added, or a way round was found."""
    denied = sums((line for line in tables["calls"] if line["outcome"] == Outcome.DENIED), *_CALL)
    allowed = sums((line for line in tables["calls"] if line["outcome"] in PERMITTED), *_CALL)
    for key, refused in denied.items():
        success = allowed.get(key)
        if success is not None and refused.first_seen < success.first_seen:
            principal, service, api, model = key
            message = f"{service}:{api} was denied from {refused.first_seen} on and first accepted {success.first_seen}"
            yield Notice(
                "denied-then-allowed",
                Severity.MEDIUM,
                message,
                principal,
                model,
                refused.count,
                refused.first_seen,
                success.last_seen,
            )


_CALL = ("principal", "service", "api", "model")


def _probing(tables: Tables) -> Iterator[Notice]:
    """Invalid requests to many models, or hardly anything else: what may be called is being found out.

    A number of tokens that no model takes is a known way to learn it without paying for an answer ("LLMjacking",
    https://sysdig.com/blog/llmjacking-stolen-cloud-credentials-used-in-new-ai-attack/).
    """
    telling = {line["principal"] for line in tables["messages"] if _TOKENS.search(line["error_message"])}
    calls = list(tables["calls"])
    totals = sums(calls, "principal")
    invalid = sums((line for line in calls if line["outcome"] == Outcome.INVALID), "principal", "model")
    by_principal: dict[str, list[tuple[str | None, Sum]]] = {}
    for (principal, model), total in invalid.items():
        by_principal.setdefault(principal, []).append((model, total))
    for principal, found in by_principal.items():
        models = {model for model, _ in found if model}
        probes = sum(total.count for _, total in found)
        mostly = 2 * probes >= totals[(principal,)].count
        if principal in telling or (mostly and (len(models) >= _PROBED_MODELS or probes >= _PROBES)):
            whole = Sum(probes, min(one.first_seen for _, one in found), max(one.last_seen for _, one in found))
            message = f"{probes} of {totals[(principal,)].count} calls were invalid, naming {len(models)} models"
            message += "; some ask for a number of tokens that no model takes" if principal in telling else ""
            yield _notice("probing", Severity.MEDIUM, message, principal, whole)


def _newcomers(tables: Tables) -> Iterator[Notice]:
    found = sums(tables["calls"], "principal")
    if not found:
        return
    start = min(filter(None, (total.first_seen for total in found.values())), default="")
    end = max(total.last_seen for total in found.values())
    window = seconds_between(start, end)
    if window is None or window < _SHORTEST_WINDOW:
        return
    for (principal,), total in found.items():
        since = seconds_between(start, total.first_seen)
        if since is not None and since > _KNOWN_SHARE * window:
            message = f"first seen {total.first_seen}; the logs begin {start}"
            yield _notice("new-principal", Severity.LOW, message, principal, total)
