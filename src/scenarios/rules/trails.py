"""What the rules about trails share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scenarios.access import Request, ask
from scenarios.account import Account
from scenarios.account.trail import Trail
from scenarios.finding import Judgement, Origin, Verdict
from scenarios.rules.decisions import judgement
from scenarios.rules.rule import prop
from scenarios.rules.strangers import FOREIGN_ACCOUNT
from scenarios.trail.calls import Call
from scenarios.trail.fields import Extent, Receiver
from scenarios.trail.selectors import Recording, recorded

TRAIL_TYPES = ("AWS::CloudTrail::Trail",)
DELIVERY_TYPES = (*TRAIL_TYPES, "AWS::S3::Bucket", "AWS::S3::BucketPolicy", "AWS::KMS::Key", "AWS::KMS::Alias")


def selectors_origin(trail: Trail) -> Origin | None:
    """Where a trail's event selectors stand in the template, or the trail where it has none."""
    if trail.advanced_selectors:
        return prop(trail, "AdvancedEventSelectors")
    return prop(trail, "EventSelectors") if trail.basic_selectors else trail.origin


def culprit(trails: Iterable[Trail]) -> Trail | None:
    """The trail whose selectors a person would edit: a multi-region one before others, else the first."""
    return min(trails, key=lambda trail: not trail.multi_region, default=None)


def missing(trails: Iterable[Trail], calls: Iterable[Call], receiver: Receiver | None = None) -> dict[str, Recording]:
    """Those of `calls` (to whichever resource, or to `receiver`) that the trails together do not record in full."""
    trails = tuple(trails)
    results = {call.name: recorded(trails, call, receiver) for call in calls}
    return {name: recording for name, recording in results.items() if recording.extent is not Extent.ALL}


def described(recordings: dict[str, Recording]) -> str:
    """The calls that are not recorded, and those that are only in part, as a sentence."""
    lost = [name for name, recording in recordings.items() if recording.extent is Extent.NONE]
    parts: dict[str | None, list[str]] = {}
    for name, recording in recordings.items():
        if recording.extent is Extent.PART:
            parts.setdefault(recording.narrowed_by, []).append(name)
    said = [f"no trail records {', '.join(lost)}"] if lost else []
    said += [f"the trails record {', '.join(names)} only in part, narrowed by {what}" for what, names in parts.items()]
    return "; ".join(said)


def for_foreign_trail(account: Account, requests: Iterable[Request], at: Origin | None) -> Iterator[Judgement]:
    """Violated where one of CloudTrail's requests is also allowed when it acts for a trail of an unknown account."""
    for request in requests:
        decision = ask(account, _as_foreign(request))
        where = next((by.origin for by in decision.by if by.origin), at)
        said = f"CloudTrail's {request.action} on behalf of another account's trail"
        if decision.allowed:
            yield judgement(Verdict.VIOLATED, where, f"{said}: allowed, because {decision.why}", decision)
        elif decision.denied:
            yield judgement(Verdict.HOLDS, at, f"{said}: denied", decision)
        else:
            yield judgement(Verdict.UNKNOWN, at, f"{said}: not decided, because {decision.why}", decision)


def _as_foreign(request: Request) -> Request:
    """The same request made for the stranger's trail: every key that names ours names theirs."""
    arn = f"arn:aws:cloudtrail:us-east-1:{FOREIGN_ACCOUNT}:trail/stranger"
    theirs = {
        "aws:sourcearn": arn,
        "aws:sourceaccount": FOREIGN_ACCOUNT,
        "kms:encryptioncontext:aws:cloudtrail:arn": arn,
    }
    context = {key: theirs.get(key.lower(), value) for key, value in request.context.items()}
    return replace(request, context=context)
