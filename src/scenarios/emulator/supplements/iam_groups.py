"""IAM: a user can join a group that nobody created here; what the group's policies allow is for nobody to say."""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import CREATED, Answer, Held, Record, answer, parameters, succeeded


def register(events: Any, record: Record) -> None:
    """Remember memberships in groups that moto does not have, and show them among the user's groups."""
    memberships = record.of("iam.memberships")

    def join(context: Any, **_: Any) -> Answer | None:
        from moto.iam.models import iam_backends

        asked = parameters(context)
        user, group = asked["UserName"], asked["GroupName"]
        known = iam_backends[record.account_id][record.partition]
        if group in known.groups or user not in known.users:
            return None
        memberships.setdefault(user, {})[group] = {}
        return answer({})

    def show(context: Any, parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
        if succeeded(http_response):
            joined = memberships.get(parameters(context)["UserName"], {})
            parsed.setdefault("Groups", []).extend(_group(record, name) for name in joined)

    events.register("before-call.iam.AddUserToGroup", join)
    events.register("after-call.iam.ListGroupsForUser", show)


def _group(record: Record, name: str) -> Held:
    arn = f"arn:{record.partition}:iam::{record.account_id}:group/{name}"
    return {"GroupName": name, "Arn": arn, "Path": "/", "GroupId": "AGPA" + name.upper(), "CreateDate": CREATED}
