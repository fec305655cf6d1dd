from __future__ import annotations

import re
from collections.abc import Iterator

from scenarios.access import Decision, Request, ask
from scenarios.access.request import ContextValue
from scenarios.account import Account
from scenarios.finding import Confidence, Judgement, Severity
from scenarios.rules.decisions import must_be_denied
from scenarios.rules.invocations import (
    CALLER_TYPES,
    INVOKE,
    STREAM,
    Caller,
    asked_models,
    callers,
    guardrails,
    invoking_statements,
    most_open,
    profiles,
    unseen,
)
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope

_UNKNOWN_ENDPOINT, _UNKNOWN_VPC = "vpce-0f0f0f0f0f0f0f0f0", "vpc-0f0f0f0f0f0f0f0f0"
_NETWORK = re.compile(r"\b(?:vpce|vpc)-[0-9a-f]+\b")


@rule(
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    needs=CALLER_TYPES,
    remediation="Add a condition to the role's Bedrock statement: StringEquals aws:SourceVpce the endpoint's id "
    "(or deny where it is another).",
)
def invoke_outside_endpoint(account: Account, scope: Scope) -> Iterator[Judgement]:
    """The app's credentials invoke no model except through the endpoint.

    A private network alone does not bind the credentials: taken elsewhere they call Bedrock's public endpoint. A
    condition on `aws:SourceVpce` or `aws:SourceVpc` in the role's policy does. Asked for the same call from an
    address on the internet, and from endpoints of other networks.

    Source: "Use interface VPC endpoints with Amazon Bedrock",
    https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html
    """
    yield from unseen(scope)
    for caller in callers(account, scope):
        if not any(invoking_statements(caller.role)):
            continue
        for action in (INVOKE, STREAM):
            decision = _from_elsewhere(account, caller, action)
            what = f"role {caller.role.name} calls {action} from outside the endpoint"
            yield must_be_denied(decision, caller.role.origin, what)


def _from_elsewhere(account: Account, caller: Caller, action: str) -> Decision:
    """The call from elsewhere, for whichever model, with whichever guardrail, on whichever way lets it through."""
    return most_open(
        ask(account, Request(caller.role.arn, action, model, account.account_id, {**way, **_keys(guardrail, profile)}))
        for way in _ways(account, caller)
        for model in asked_models(account, caller.role)
        for profile in profiles(account, caller.role, model)
        for guardrail in (None, *guardrails(account))
    )


def _ways(account: Account, caller: Caller) -> Iterator[dict[str, ContextValue]]:
    """Ways that are not the account's: the internet, and endpoints of other networks.

    Besides one that nobody knows, those count that the role's policies name and the account does not have; where it has
    no endpoint for Bedrock at all, the one that is named may be in another stack.
    """
    yield {"aws:sourceip": "198.51.100.7"}  # of a block reserved for documentation (RFC 5737)
    yield _through(_UNKNOWN_ENDPOINT, _UNKNOWN_VPC)
    own = {one.endpoint_id for one in account.endpoints} | {one.vpc_id for one in account.vpcs}
    text = " ".join(policy.text for policy in caller.role.policies) if caller.endpoint else ""
    for name in dict.fromkeys(_NETWORK.findall(text)):
        if name not in own:
            endpoint = name.startswith("vpce-")
            yield _through(name if endpoint else _UNKNOWN_ENDPOINT, _UNKNOWN_VPC if endpoint else name)


def _through(endpoint: str, vpc: str) -> dict[str, ContextValue]:
    return {"aws:sourcevpce": endpoint, "aws:sourcevpc": vpc, "aws:sourceip": ()}


def _keys(guardrail: str | None, profile: str | None) -> dict[str, str]:
    given = {"bedrock:guardrailidentifier": guardrail, "bedrock:inferenceprofilearn": profile}
    return {key: value for key, value in given.items() if value is not None}
