"""The loop closed: the audit template, calls decided by policies, deliveries in its bucket, the answer from there."""

from __future__ import annotations

from collections import Counter

import pytest

from audited.calls import CALLS, LLAMA, NOVA, TITAN
from audited.loop import audited
from scenarios.usage.usage import Usage
from scenarios.usage.wanted import Wanted

_ROLE = "arn:aws:iam::123456789012:role/"


@pytest.fixture(scope="module")
def usage() -> Usage:
    return audited()


def test_every_call_that_the_trail_records_is_counted_with_what_became_of_it(usage: Usage) -> None:
    found: Counter[tuple[str, str, str | None, str]] = Counter()
    for line in usage.tables["calls"]:
        found[line["principal"].removeprefix(_ROLE), line["api"], line["model"], line["outcome"]] += line["count"]
    assert found == {
        ("assistant", "InvokeModel", NOVA, "answered"): 4,
        ("assistant", "InvokeModel", NOVA, "throttled"): 2,
        ("assistant", "Converse", NOVA, "answered"): 1,
        ("assistant", "Converse", NOVA, "blocked"): 1,
        ("assistant", "InvokeModel", LLAMA, "denied"): 1,
        ("assistant", "InvokeAgent", None, "accepted"): 1,
        ("indexer", "InvokeModel", TITAN, "answered"): 1,
        ("indexer", "InvokeModel", NOVA, "denied"): 2,
    }


def test_denials_give_the_policies_reason(usage: Usage) -> None:
    said = {line["error_message"].partition("foundation-model/")[2] for line in usage.tables["messages"]}
    assert f"{LLAMA} with an explicit deny in an identity-based policy" in said
    assert f"{NOVA} because no identity-based policy allows the action" in said


def test_what_no_selector_takes_is_not_in_the_logs_and_said_to_be_missing(usage: Usage) -> None:
    assert usage.counts.usage == usage.counts.read == len(CALLS) - 1
    assert usage.counts.problems == ()
    found = {one.call: one.recorded for one in usage.coverage}
    assert (found["InvokeModel"], found["InvokeAgent"], found["InvokeFlow"]) == ("yes", "yes", "no")


def test_the_minute_of_throttling_is_told(usage: Usage) -> None:
    assert [(one.count, one.peak_minute) for one in usage.hot_spots] == [(2, "2026-11-27T10:00")]


@pytest.mark.parametrize(
    ("since", "until", "count"), [("2026-11-27T10:01:30Z", None, 4), (None, "2026-11-27T10:00:02Z", 2)]
)
def test_a_part_of_the_time_is_read_the_same_way(since: str | None, until: str | None, count: int) -> None:
    assert audited(Wanted(since, until)).counts.usage == count
