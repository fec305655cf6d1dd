"""A live account: its event history by region and service, and what its trails record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import ANY, Stubber
from moto import mock_aws

from scenarios.cli.main import main
from scenarios.errors import InputError
from scenarios.usage.answers.observed import by_account
from scenarios.usage.local import Means, tallied
from scenarios.usage.sources.cloud import Cloud
from scenarios.usage.sources.live import Live
from scenarios.usage.wanted import Wanted
from usage.records import record

SERVICES = ("bedrock", "bedrock-agentcore", "bedrock-mantle", "cloudtrail", "sagemaker")


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_PROFILE", "AWS_DEFAULT_REGION", "AWS_REGION"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        yield


def page(*records: dict[str, Any], token: str | None = None) -> dict[str, Any]:
    events = [{"EventId": one["eventID"], "CloudTrailEvent": json.dumps(one)} for one in records]
    return {"Events": events, **({"NextToken": token} if token else {})}


def asked(service: str, **more: Any) -> dict[str, Any]:
    attribute = {"AttributeKey": "EventSource", "AttributeValue": f"{service}.amazonaws.com"}
    return {"LookupAttributes": [attribute], **more}


class Session(boto3.Session):
    """A session whose event histories answer what is laid down for their region."""

    def __init__(self, answers: dict[str, Any], region: str | None) -> None:
        super().__init__(region_name=region)
        self.answers = answers
        self.stubbers: list[Stubber] = []

    def client(self, service_name: str, region_name: str | None = None, **options: Any) -> Any:
        made = super().client(service_name, region_name=region_name, **options)
        if service_name == "cloudtrail" and (laid := self.answers.get(made.meta.region_name)) is not None:
            stubber = Stubber(made)
            for expected, answer in laid:
                if isinstance(answer, str):
                    stubber.add_client_error("lookup_events", answer, "no\nway", expected_params=expected)
                else:
                    stubber.add_response("lookup_events", answer, expected)
            stubber.activate()
            self.stubbers.append(stubber)
        return made


def cloud(answers: dict[str, Any], region: str | None = "us-east-1") -> tuple[Cloud, list[Session]]:
    made: list[Session] = []

    def session(profile: str | None, given: str | None) -> Session:
        made.append(Session(answers, given))
        return made[-1]

    return Cloud(region, session), made


def empty(*services: str) -> list[tuple[Any, Any]]:
    return [(asked(service), page()) for service in services]


def test_the_event_history_is_read_to_its_last_page() -> None:
    stop = record(3, eventSource="cloudtrail.amazonaws.com", eventName="StopLogging")
    history = [
        (asked("bedrock"), page(record(1), token="next")),
        (asked("bedrock", NextToken="next"), page(record(2))),
        *empty("bedrock-agentcore", "bedrock-mantle"),
        (asked("cloudtrail"), page(stop)),
        *empty("sagemaker"),
    ]
    reached, sessions = cloud({"us-east-1": history})
    counts, groups = tallied(["live"], Wanted(), Means(cloud=reached))
    assert (counts.files, counts.read, counts.usage, counts.problems) == (3, 3, 2, ())
    assert len(groups["changes"]) == 1
    for stubber in sessions[0].stubbers:
        stubber.assert_no_pending_responses()


def test_regions_and_times_are_asked_for() -> None:
    times = {"StartTime": datetime(2026, 11, 1, tzinfo=UTC), "EndTime": datetime(2026, 11, 2, tzinfo=UTC)}
    history = [(asked(service, **times), page()) for service in SERVICES]
    reached, sessions = cloud({"eu-west-1": history, "us-west-2": history}, None)
    wanted = Wanted("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", regions=("eu-west-1", "us-west-2"))
    assert list(Live("live", wanted, reached).deliveries()) == []
    assert len(sessions[0].stubbers) == 2
    for stubber in sessions[0].stubbers:
        stubber.assert_no_pending_responses()


def test_a_region_that_is_refused_is_named_and_the_others_are_read() -> None:
    refused = [(ANY_REQUEST, "AccessDeniedException")] * len(SERVICES)
    open_ = [(asked("bedrock"), page(record(1))), *empty(*SERVICES[1:])]
    reached, _ = cloud({"eu-west-1": refused, "us-east-1": open_})
    counts, _ = tallied(["live"], Wanted(regions=("eu-west-1", "us-east-1")), Means(cloud=reached))
    assert counts.usage == 1
    said = [(one.file, one.problem) for one in counts.problems]
    assert said == [
        (f"live/eu-west-1/{service}", "cannot be read: AccessDeniedException: no way") for service in SERVICES
    ]


ANY_REQUEST = {"LookupAttributes": ANY}


def test_a_page_that_fails_is_named_and_the_pages_before_it_count() -> None:
    history = [
        (asked("bedrock"), page(record(1), token="next")),
        (asked("bedrock", NextToken="next"), "ThrottlingException"),
        *empty(*SERVICES[1:]),
    ]
    reached, _ = cloud({"us-east-1": history})
    counts, _ = tallied(["live"], Wanted(), Means(cloud=reached))
    assert counts.usage == 1
    assert [one.problem for one in counts.problems] == ["cannot be read: ThrottlingException: no way"]


WHOLE = [("AccessDeniedException", "cannot be read: AccessDenied"), ("ExpiredTokenException", "ExpiredToken")]


@pytest.mark.parametrize(("code", "said"), WHOLE)
def test_a_history_of_which_nothing_can_be_read_is_bad_input(code: str, said: str) -> None:
    reached, _ = cloud({"us-east-1": [(ANY_REQUEST, code)] * len(SERVICES)})
    with pytest.raises(InputError, match=said):
        tallied(["live"], Wanted(), Means(cloud=reached))


BAD = [
    (["live:"], "live:: names no profile"),
    (["live:nobody"], "The config profile (nobody) could not be found"),
    (["live"], "which region? give --log-region"),
    (["live", "--log-region", "x y"], "x y"),
    (["live", "--engine", "spark"], "Spark reads log files"),
    (["live", "--engine", "athena"], "Athena takes one SOURCE, as s3://"),
]


@pytest.mark.parametrize(("arguments", "said"), BAD)
def test_bad_input_is_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["usage", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def make_trail(region: str, *, multi: bool = False, selectors: list[dict[str, Any]] | None = None) -> None:
    bucket = f"trail-{region}"
    boto3.client("s3", region_name="us-east-1").create_bucket(Bucket=bucket)
    trails = boto3.client("cloudtrail", region_name=region)
    trails.create_trail(Name="audit", S3BucketName=bucket, IsMultiRegionTrail=multi)
    trails.start_logging(Name="audit")
    trails.put_event_selectors(TrailName="audit", EventSelectors=selectors or [_MANAGEMENT])


_MANAGEMENT = {"ReadWriteType": "All", "IncludeManagementEvents": True}


def covered(*regions: str) -> dict[str, tuple[str, str]]:
    found = by_account("live", Wanted(regions=regions), Cloud("us-east-1"))
    return {one.call: (one.recorded, one.because) for one in found}


def test_the_trails_of_the_account_say_what_is_recorded() -> None:
    make_trail("us-east-1")
    found = covered()
    assert found["InvokeModel"][0] == "yes"
    assert found["InvokeAgent"][0] == "no"


def test_without_a_trail_the_event_history_is_all_there_is() -> None:
    found, none = covered(), "there is no trail that is switched on"
    assert found["InvokeModel"] == ("no", f"{none}; the event history alone has it, for 90 days")
    assert found["InvokeAgent"] == ("no", none)


def test_regions_that_differ_leave_it_open() -> None:
    make_trail("us-east-1")
    found = covered("us-east-1", "eu-west-1")
    assert found["InvokeModel"] == ("unknown", "regions differ (us-east-1: yes, eu-west-1: no)")


def test_a_trail_of_another_region_is_seen_from_everywhere() -> None:
    make_trail("us-east-1", multi=True)
    assert covered("us-east-1", "eu-west-1")["InvokeModel"][0] == "yes"


@pytest.mark.parametrize("operation", ["DescribeTrails", "GetEventSelectors", "GetTrailStatus", "GetCallerIdentity"])
def test_trails_that_cannot_be_read_leave_it_open(operation: str) -> None:
    make_trail("us-east-1")

    def refuse(params: dict[str, Any], model: Any, **_: Any) -> None:
        if model.name == operation:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, operation)

    def session(profile: str | None, region: str | None) -> boto3.Session:
        made = boto3.Session(region_name=region)
        made.events.register("provide-client-params", refuse)
        return made

    found = by_account("live", Wanted(), Cloud("us-east-1", session))
    assert {one.recorded for one in found} == {"unknown"}
    assert "AccessDenied" in found[0].because


def test_the_command_answers_with_the_accounts_coverage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_trail("us-east-1")
    history = [(asked("bedrock"), page(record(1))), *empty(*SERVICES[1:])]
    made = iter([Session({"us-east-1": history}, "us-east-1"), Session({}, "us-east-1")])
    monkeypatch.setattr("boto3.Session", lambda **_: next(made))
    assert main(["usage", "live", "--format", "json", "--region", "us-east-1"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["events"]["usage"] == 1
    assert {one["call"]: one["recorded"] for one in found["coverage"]}["InvokeModel"] == "yes"
