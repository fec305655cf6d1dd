"""From files to answers: every event once, every total exact, every finding where it belongs."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cloudtrail
import pytest

from scenarios.cli.main import main
from scenarios.usage.local import tallied
from scenarios.usage.usage import Policy, Usage, answered
from scenarios.usage.wanted import Wanted
from usage.records import ROLE, delivery, packed, record

_KEYS = ("principal", "service", "api", "model", "outcome", "error_code", "source")


def write(folder: Path, *files: list[dict[str, Any]]) -> Path:
    """Deliveries below `folder`, one for each list of records."""
    place = folder / "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/01"
    place.mkdir(parents=True, exist_ok=True)
    for number, records in enumerate(files):
        (place / f"{number}.json.gz").write_bytes(packed(delivery(*records)))
    return folder


def usage(folder: Path, *records: dict[str, Any], policy: Policy | None = None, **wanted: Any) -> Usage:
    asked = Wanted(**wanted)
    counts, groups = tallied([str(write(folder, list(records)))], asked)
    return answered(counts, groups, policy or Policy(), None, asked)


def counts(found: Usage) -> tuple[int, int, int]:
    return found.counts.read, found.counts.duplicates, found.counts.usage


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("logs") / "made"
    return folder, cloudtrail.write(folder, 6_000, size=500, share=0.2, duplicates=0.05)


@pytest.mark.parametrize("jobs", [1, 2])
def test_totals_are_those_that_were_made(made: tuple[Path, dict[str, Any]], jobs: int, capsys: Any) -> None:
    folder, truth = made
    assert main(["usage", str(folder), "--format", "json", "--jobs", str(jobs)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["events"] == truth["events"]
    times = ("count", "first_seen", "last_seen")
    actual = {tuple(line[key] for key in _KEYS): tuple(line[key] for key in times) for line in found["calls"]}
    assert actual == {tuple(line[key] for key in _KEYS): tuple(line[key] for key in times) for line in truth["calls"]}
    assert sum(line["count"] for line in found["calls"]) == found["events"]["usage"]


def test_the_spool_gives_back_what_it_wrote(made: tuple[Path, dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.usage.spool._HELD", 50)
    folder, truth = made
    found, _ = tallied([str(folder)], Wanted())
    assert {"read": found.read, "duplicates": found.duplicates, "usage": found.usage} == truth["events"]


SAME = {"eventID": "one"}
SHARED = {"sharedEventID": "shared"}


def of(number: int) -> dict[str, Any]:
    """What makes a record a correction of another."""
    original = {"originalEventID": f"event-{number}", "originalRequestID": f"request-{number}"}
    return {"addendum": {"reason": "UPDATED_DATA", **original}}


UPDATED = of(1)
FOREIGN = {"userIdentity": {"type": "AWSAccount", "principalId": "AROAX:session", "accountId": "111122223333"}}
OWNER = {"recipientAccountId": "444455556666", **FOREIGN}
NETWORK = {"eventCategory": "NetworkActivity", "requestID": "request-1"}
ONCE: list[tuple[str, list[dict[str, Any]], tuple[int, int, int]]] = [
    ("two events", [record(1), record(2)], (2, 0, 2)),
    ("one delivered twice", [record(1, **SAME), record(1, **SAME)], (2, 1, 1)),
    ("copies in two accounts", [record(1, **SHARED), record(1, eventID="other", **SHARED)], (2, 1, 1)),
    (
        "copies without a request's id",
        [record(number, requestID=None, sharedEventID="named") for number in (30, 31)],
        (2, 1, 1),
    ),
    ("a correction with the same id", [record(40), record(40, errorCode="AccessDenied", **of(40))], (2, 1, 1)),
    (
        "a correction of one copy",
        [
            record(50, sharedEventID="half"),
            record(51, requestID="request-50", sharedEventID="half"),
            record(52, sharedEventID="half", **of(50)),
        ],
        (3, 2, 1),
    ),
    ("a correction after", [record(1), record(2, errorCode="AccessDenied", **UPDATED)], (2, 1, 1)),
    ("a correction before", [record(2, errorCode="AccessDenied", **UPDATED), record(1)], (2, 1, 1)),
    ("the endpoint's record of a call", [record(1), record(2, **NETWORK)], (2, 1, 1)),
    ("the endpoint's record alone", [record(2, **NETWORK, errorCode="VpceAccessDenied")], (1, 0, 1)),
    ("another service's", [record(1), record(2, eventSource="s3.amazonaws.com")], (2, 0, 1)),
]


@pytest.mark.parametrize(("records", "expected"), [row[1:] for row in ONCE], ids=[row[0] for row in ONCE])
def test_each_event_counts_once(tmp_path: Path, records: list[dict[str, Any]], expected: tuple[int, int, int]) -> None:
    assert counts(usage(tmp_path, *records)) == expected


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_a_correction_counts_as_it_says(tmp_path: Path, order: tuple[int, int]) -> None:
    records = {1: record(1), 2: record(2, errorCode="AccessDenied", **UPDATED)}
    found = usage(tmp_path, *(records[number] for number in order))
    assert [line["outcome"] for line in found.tables["calls"]] == ["denied"]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_of_copies_that_of_the_callers_account_counts(tmp_path: Path, order: tuple[int, int]) -> None:
    """The account that owns what was called is told of the caller by an id alone."""
    copies = {1: record(1, eventID="b", **SHARED), 2: record(1, eventID="a", **SHARED, **OWNER)}
    found = usage(tmp_path, *(copies[number] for number in order))
    assert [(line["principal"], line["count"]) for line in found.tables["calls"]] == [(ROLE, 1)]


def test_digests_and_insights_are_left_alone(tmp_path: Path) -> None:
    for name in ("CloudTrail-Digest", "CloudTrail-Insight"):
        (tmp_path / "AWSLogs/1" / name).mkdir(parents=True)
        (tmp_path / "AWSLogs/1" / name / "x.json.gz").write_bytes(b"whatever")
    found = usage(tmp_path, record(1))
    assert found.counts.files == 1
    assert found.counts.problems == ()


def test_an_invocation_log_turns_accepted_into_what_came_of_it(tmp_path: Path) -> None:
    bodies = {
        "request-1": {"outputTokenCount": 5, "outputBodyJson": {"stopReason": "end_turn"}},
        "request-2": {"outputTokenCount": 5, "outputBodyJson": {"stopReason": "guardrail_intervened"}},
        "request-3": {"outputTokenCount": 0, "outputBodyJson": {}},
        "request-4": {"outputTokenCount": 5, "outputBodyJson": {"stopReason": "end_turn"}},
    }
    logs = tmp_path / "AWSLogs/111122223333/BedrockModelInvocationLogs/us-east-1/2026/11/01/10"
    logs.mkdir(parents=True)
    lines = (
        json.dumps({"schemaType": "ModelInvocationLog", "requestId": request, "output": output})
        for request, output in bodies.items()
    )
    (logs / "1.json.gz").write_bytes(packed("\n".join(lines).encode()))
    denied = record(4, errorCode="AccessDenied")
    found = usage(tmp_path, record(1), record(2), record(3), denied, record(5))
    outcomes = {line["first_seen"][14:16]: line["outcome"] for line in found.tables["origins"]}
    assert outcomes == {"01": "answered", "02": "blocked", "03": "failed", "04": "denied", "05": "accepted"}
    assert counts(found) == (5, 0, 5)


WANTED: list[tuple[dict[str, Any], int]] = [
    ({}, 3),
    ({"since": "2026-11-01T10:02:00Z"}, 2),
    ({"until": "2026-11-01T10:02:00Z"}, 1),
    ({"principals": ("role/App",)}, 3),
    ({"principals": ("role/Other",)}, 0),
    ({"models": ("nova",)}, 2),
    ({"models": ("nova", "claude")}, 3),
    ({"accounts": ("111122223333",)}, 3),
    ({"accounts": ("999999999999",)}, 0),
    ({"regions": ("us-east-1",)}, 3),
    ({"regions": ("eu-west-1",)}, 0),
]


@pytest.mark.parametrize(("wanted", "count"), WANTED)
def test_filters_leave_what_was_asked_for(tmp_path: Path, wanted: dict[str, Any], count: int) -> None:
    claude = record(3, requestParameters={"modelId": "anthropic.claude-x"})
    found = usage(tmp_path, record(1), record(2), claude, **wanted)
    assert (found.counts.read, found.counts.usage) == (3, count)


def invalid(number: int, model: str) -> dict[str, Any]:
    return record(number, errorCode="ValidationException", requestParameters={"modelId": model})


def at(day: int, number: int = 1, **changes: Any) -> dict[str, Any]:
    return record(number, eventID=f"{day}-{number}", requestID=f"{day}-{number}",
                  eventTime=f"2026-11-{day:02d}T10:00:00Z", **changes)  # fmt: skip


USER = {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/ann"}
ROOT = {"type": "Root", "arn": "arn:aws:iam::111122223333:root"}
FEDERATED = {"type": "FederatedUser", "sessionContext": {"sessionIssuer": ROOT}}
WITH_MFA = USER | {"sessionContext": {"attributes": {"mfaAuthenticated": "true"}}}
TRAIL = {"eventSource": "cloudtrail.amazonaws.com", "userIdentity": ROOT}


def selectors(**selector: Any) -> dict[str, Any]:
    parameters = {"trailName": "main", "eventSelectors": [{"readWriteType": "All", **selector}]}
    return record(8, eventName="PutEventSelectors", requestParameters=parameters, **TRAIL)


def bedrock(name: str, **parameters: Any) -> dict[str, Any]:
    return record(8, eventName=name, requestParameters=parameters)


FINDINGS: list[tuple[str, list[dict[str, Any]], Policy, set[tuple[str, str | None]]]] = [
    ("nothing odd", [record(1), record(2)], Policy(), set()),
    ("root", [record(1, userIdentity=ROOT)], Policy(), {("root-use", ROOT["arn"])}),
    ("root's federated session", [record(1, userIdentity=FEDERATED)], Policy(), {("root-use", ROOT["arn"])}),
    ("a user", [record(1, userIdentity=USER)], Policy(), {("human-without-mfa", USER["arn"])}),
    ("a user with two factors", [record(1, userIdentity=WITH_MFA)], Policy(), set()),
    ("a bearer key", [record(1, additionalEventData={"callWithBearerToken": True})], Policy(), {("bearer-key", ROLE)}),
    (
        "denied, then allowed",
        [record(1, errorCode="AccessDenied"), record(2)],
        Policy(),
        {("denied-then-allowed", ROLE)},
    ),
    ("allowed, then denied", [record(1), record(2, errorCode="AccessDenied")], Policy(), set()),
    (
        "denied one model",
        [record(1, errorCode="AccessDenied"), record(2, requestParameters={"modelId": "m"})],
        Policy(),
        set(),
    ),
    ("probing", [invalid(1, "a"), invalid(2, "b"), invalid(3, "c")], Policy(), {("probing", ROLE)}),
    (
        "a number of tokens that no model takes",
        [
            record(1, errorCode="ValidationException", errorMessage="max_tokens_to_sample: range: 1..1,000,000"),
            record(2),
        ],
        Policy(),
        {("probing", ROLE)},
    ),
    ("a mistake", [invalid(1, "a"), record(2), record(3)], Policy(), set()),
    ("a newcomer", [at(1), at(10), at(11, userIdentity=WITH_MFA)], Policy(), {("new-principal", USER["arn"])}),
    ("known from the start", [at(1), at(2, userIdentity=WITH_MFA), at(11)], Policy(), set()),
    ("a model that is not listed", [record(1)], Policy(models=("anthropic.*",)), {("model-not-allow-listed", ROLE)}),
    ("a listed model", [record(1)], Policy(models=("amazon.nova-*",)), set()),
    (
        "listed by its ARN",
        [record(1)],
        Policy(models=("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",)),
        set(),
    ),
    (
        "its inference profile",
        [record(1, requestParameters={"modelId": "us.amazon.nova-pro-v1:0"})],
        Policy(models=("amazon.nova-pro-v1:0",)),
        set(),
    ),
    ("a model that was denied", [record(1, errorCode="AccessDenied")], Policy(models=("anthropic.*",)), set()),
    ("outside the endpoint", [record(1)], Policy(endpoints=("vpce-1",)), {("outside-endpoint", None)}),
    ("through it", [record(1, vpcEndpointId="vpce-1")], Policy(endpoints=("vpce-1",)), set()),
    (
        "through another",
        [record(1, vpcEndpointId="vpce-2")],
        Policy(endpoints=("vpce-1",)),
        {("outside-endpoint", None)},
    ),
    ("a trail stopped", [record(8, eventName="StopLogging", **TRAIL)], Policy(), {("logging-stopped", ROOT["arn"])}),
    ("a trail started", [record(8, eventName="StartLogging", **TRAIL)], Policy(), set()),
    (
        "tried",
        [record(8, eventName="StopLogging", errorCode="AccessDenied", **TRAIL)],
        Policy(),
        {("logging-stopped-attempted", ROOT["arn"])},
    ),
    ("narrowed to writes", [selectors(readWriteType="WriteOnly")], Policy(), {("logging-narrowed", ROOT["arn"])}),
    ("narrowed to data", [selectors(includeManagementEvents=False)], Policy(), {("logging-narrowed", ROOT["arn"])}),
    ("selectors that keep all", [selectors()], Policy(), {("trail-changed", ROOT["arn"])}),
    (
        "invocations no longer logged",
        [bedrock("DeleteModelInvocationLoggingConfiguration")],
        Policy(),
        {("invocation-logging-changed", ROLE)},
    ),
    (
        "a guardrail gone",
        [bedrock("DeleteGuardrail", guardrailIdentifier="g")],
        Policy(),
        {("guardrail-changed", ROLE)},
    ),
]


@pytest.mark.parametrize(
    ("records", "policy", "expected"), [row[1:] for row in FINDINGS], ids=[row[0] for row in FINDINGS]
)
def test_findings_name_what_is_odd(
    tmp_path: Path, records: list[dict[str, Any]], policy: Policy, expected: set[tuple[str, str | None]]
) -> None:
    found = usage(tmp_path, *records, policy=policy)
    assert {(one.finding, one.principal) for one in found.findings} == expected


def changed(name: str, **parameters: Any) -> dict[str, Any]:
    """A change of a trail or an event data store."""
    return record(8, eventName=name, requestParameters={"name": "audit", **parameters}, **TRAIL)


def advanced(*conditions: tuple[str, str]) -> dict[str, Any]:
    """One advanced selector."""
    return {"advancedEventSelectors": [{"fieldSelectors": [{"field": at, "equals": [one]} for at, one in conditions]}]}


MANAGEMENT = advanced(("eventCategory", "Management"))
AGENTS = advanced(("eventCategory", "Data"), ("resources.type", "AWS::Bedrock::AgentAlias"))
LOGGING = {"s3Config": {"bucketName": "b"}, "textDataDeliveryEnabled": True, "imageDataDeliveryEnabled": True}
CHANGES: list[tuple[str, dict[str, Any], str, str, str]] = [
    # the change, its record, the finding, its severity, a part of its message
    ("another bucket", changed("UpdateTrail", s3BucketName="b"), "trail-changed", "medium", "delivers to the bucket b"),
    (
        "one region",
        changed("UpdateTrail", isMultiRegionTrail=False),
        "trail-changed",
        "high",
        "records one region only",
    ),
    (
        "no digests",
        changed("UpdateTrail", enableLogFileValidation=False),
        "trail-changed",
        "high",
        "no digests any more",
    ),
    ("no key", changed("UpdateTrail", kmsKeyId=""), "trail-changed", "high", "not encrypted by a key of one's own"),
    ("one account", changed("UpdateTrail", isOrganizationTrail=False), "trail-changed", "high", "other accounts"),
    ("a topic", changed("UpdateTrail", snsTopicName="t"), "trail-changed", "medium", "a trail (audit) was changed"),
    ("agents only", changed("PutEventSelectors", **AGENTS), "logging-narrowed", "critical", "leave out InvokeModel"),
    (
        "management only",
        changed("PutEventSelectors", **MANAGEMENT),
        "trail-changed",
        "low",
        "management events stay in, these data events are not: InvokeAgent",
    ),
    ("selectors too long", changed("PutEventSelectors", x="x" * 30_000), "trail-changed", "medium", "cannot be read"),
    ("selectors left out", changed("PutEventSelectors"), "trail-changed", "medium", "cannot be read"),
    (
        "a store of agents",
        changed("UpdateEventDataStore", **AGENTS),
        "logging-narrowed",
        "critical",
        "the new selectors of an event data store (audit) leave out InvokeModel",
    ),
    (
        "a store of one region",
        changed("UpdateEventDataStore", multiRegionEnabled=False, **MANAGEMENT),
        "trail-changed",
        "high",
        "an event data store (audit) records one region only",
    ),
    (
        "invocations without texts",
        bedrock("PutModelInvocationLoggingConfiguration", loggingConfig=LOGGING | {"textDataDeliveryEnabled": False}),
        "invocation-logging-changed",
        "high",
        "it leaves out text data",
    ),
    (
        "invocations",
        bedrock("PutModelInvocationLoggingConfiguration", loggingConfig=LOGGING),
        "invocation-logging-changed",
        "medium",
        "the logging of model invocations was changed",
    ),
    (
        "a guardrail that is enforced no more",
        bedrock("DeleteEnforcedGuardrailConfiguration", configId="c"),
        "guardrail-changed",
        "high",
        "a guardrail is no longer enforced",
    ),
]


@pytest.mark.parametrize(
    ("made", "finding", "severity", "said"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES]
)
def test_a_change_says_what_it_takes_away(
    tmp_path: Path, made: dict[str, Any], finding: str, severity: str, said: str
) -> None:
    (found,) = usage(tmp_path, made).findings
    assert (found.finding, found.severity.value) == (finding, severity)
    assert said in found.message


@pytest.mark.parametrize("name", ["PutInsightSelectors", "StartLogging", "AddTags", "CreateTrail"])
def test_what_takes_nothing_away_is_no_finding(tmp_path: Path, name: str) -> None:
    assert usage(tmp_path, changed(name)).findings == []


def test_a_filter_leaves_no_quiet(tmp_path: Path) -> None:
    """Who asks about one caller does not see the calls of the others."""
    stopped = record(8, eventName="StopLogging", eventTime="2026-11-01T10:30:00Z", **TRAIL)
    found = usage(tmp_path, record(1), stopped, record(59, userIdentity=USER), principals=("role/App",))
    (one,) = (one for one in found.findings if one.finding == "logging-stopped")
    assert one.message == "a trail was stopped"
    assert {one.because for one in found.coverage if one.recorded == "unknown"} == {
        "none is among those that were asked for: not made, or not recorded"
    }


def test_the_quiet_of_an_organisation_is_told(tmp_path: Path) -> None:
    """Its trail is stopped in an account that calls nothing itself."""
    stopped = record(8, eventName="StopLogging", eventTime="2026-11-01T10:30:00Z", **TRAIL)
    found = usage(tmp_path, record(1), stopped | {"recipientAccountId": "999988887777"})
    (one,) = (one for one in found.findings if one.finding == "logging-stopped")
    assert one.message == "a trail was stopped; no call of Bedrock is recorded after it"


def test_a_call_that_a_guardrail_blocked_was_made_all_the_same(tmp_path: Path) -> None:
    output = {"outputBodyJson": {"stopReason": "guardrail_intervened"}}
    log: dict[str, Any] = {"schemaType": "ModelInvocationLog", "requestId": "request-1", "output": output}
    write(tmp_path / "invocations", [log])
    write(tmp_path / "calls", [record(1)])
    counted, groups = tallied([str(tmp_path)], Wanted())
    found = answered(counted, groups, Policy(endpoints=("vpce-1",), models=("anthropic.*",)), None)
    assert {one.finding for one in found.findings} == {"outside-endpoint", "model-not-allow-listed"}


def test_sagemakers_calls_are_recorded_under_either_name(tmp_path: Path) -> None:
    made = record(1, eventSource="runtime.sagemaker.amazonaws.com", eventName="InvokeEndpoint")
    found = {one.call: one.recorded for one in usage(tmp_path, made).coverage}
    assert found["InvokeEndpoint"] == "yes"


def test_quiet_after_a_change_is_told(tmp_path: Path) -> None:
    stopped = record(8, eventName="StopLogging", eventTime="2026-11-01T10:30:00Z", **TRAIL)
    later = record(9, eventTime="2026-11-01T20:00:00Z")
    whole, cut = usage(tmp_path / "a", record(1), stopped, later), usage(tmp_path / "b", record(1), stopped)
    messages = [one.message for found in (whole, cut) for one in found.findings if one.finding == "logging-stopped"]
    assert messages == [
        "a trail was stopped; the next recorded call of Bedrock comes 9 h 30 min later",
        "a trail was stopped; no call of Bedrock is recorded after it",
    ]


def test_coverage_never_takes_what_no_file_shows_for_none(tmp_path: Path) -> None:
    found = {one.call: one for one in usage(tmp_path, record(1)).coverage}
    assert found["InvokeModel"].recorded == found["Converse"].recorded == "yes"
    assert found["InvokeAgent"].recorded == "unknown"


def test_coverage_by_the_trails_of_a_template(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = "templates/cloudtrail-bedrock-audit/template.yaml"
    assert main(["usage", str(write(tmp_path, [record(1)])), "--template", template, "--format", "json"]) == 0
    found = {one["call"]: one["recorded"] for one in json.loads(capsys.readouterr().out)["coverage"]}
    assert (found["InvokeModel"], found["InvokeAgent"], found["InvokeFlow"]) == ("yes", "yes", "no")


def test_a_problem_is_named_and_counts_with_strict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, [record(1)], [record(2)])
    broken = folder / "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/01/1.json.gz"
    broken.write_bytes(broken.read_bytes()[:-8] + b"\0" * 8)
    assert main(["usage", str(folder), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["files"]["problems"] == [
        {"file": str(broken), "problem": "the gzip data are corrupt: the checksum is wrong", "salvaged": 1}
    ]
    assert json.loads(out)["events"]["usage"] == 2
    assert str(broken) in err
    assert main(["usage", str(folder), "--strict"]) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["."], "the folder holds no log files"),
        ([".", "--since", "yesterday"], "--since yesterday: a time is 2026-11-27"),
        (
            [".", "--since", "2026-11-02", "--until", "2026-11-02"],
            "--since 2026-11-02 is not before --until 2026-11-02",
        ),
        ([".", "--since", ""], "--since : a time is 2026-11-27"),
        ([".", "--until", "2026-02-30"], "--until 2026-02-30: there is no such time"),
    ],
)
def test_bad_input_is_one_line(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["usage", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_nothing_of_a_record_reaches_the_terminal_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evil = record(1, requestParameters={"modelId": "m\x1b[2J\u202e"}, errorCode="X\n", errorMessage="\x1b]0;x\x07")
    assert main(["usage", str(write(tmp_path, [evil]))]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_folder_is_read_to_its_last_corner(tmp_path: Path) -> None:
    """Linked folders are read, circles end, and what cannot be read is named."""
    write(tmp_path / "logs", [record(1)])
    write(tmp_path / "elsewhere", [record(2)])
    (tmp_path / "logs/circle").symlink_to(tmp_path / "logs")
    (tmp_path / "logs/link").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "logs/pipe.json")
    found, _ = tallied([str(tmp_path / "logs")], Wanted())
    assert (found.files, found.usage) == (3, 2)
    assert [one.problem for one in found.problems] == ["cannot be read: it is no regular file"]


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.listdir

    def refuse(folder: str) -> list[str]:
        if folder.endswith("locked"):
            raise PermissionError(errno.EACCES, "Permission denied")
        return listed(folder)

    write(tmp_path, [record(1)])
    (tmp_path / "locked").mkdir()
    monkeypatch.setattr("os.listdir", refuse)
    found, _ = tallied([str(tmp_path)], Wanted())
    assert [(one.file, one.problem) for one in found.problems] == [
        (str(tmp_path / "locked"), "cannot be read: Permission denied")
    ]


def test_files_are_read_without_boto3(tmp_path: Path) -> None:
    """Its import alone takes longer than reading some thousand events."""
    call = f"main(['usage', {str(write(tmp_path, [record(1)]))!r}, '--jobs', '1'])"
    code = f"import sys; from scenarios.cli.main import main; code = {call}; print(code, 'botocore' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False"
