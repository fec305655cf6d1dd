"""What an account has prepared for CloudTrail to deliver to, and for whose trails.

A bucket, a key or a role of this account may just as well serve the trails of others: the log archive and the audit
account of an organization hold what a trail of the management account uses. The conditions of the statements that
admit CloudTrail say whose trails they are for.

Source: "Amazon S3 bucket policy for CloudTrail", sections on organization trails and on several accounts,
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scenarios.access.algebra import FALSE, TERNARY, TRUE, Truth, unknown
from scenarios.access.written import listed, matches
from scenarios.account import Account, Fact, Policy
from scenarios.finding import Origin, PropertyPath

_SERVICE = "cloudtrail.amazonaws.com"
_WHOSE = frozenset({"aws:sourcearn", "aws:sourceaccount", "kms:encryptioncontext:aws:cloudtrail:arn"})
"""The condition keys by which a statement says for whose trails it admits CloudTrail, in lower case."""


@dataclass(frozen=True)
class Destination:
    """Something whose policy admits CloudTrail. `ours` says whether for a trail of this account, as far as is known."""

    what: str
    fact: Fact
    policy: Policy
    ours: Truth

    @property
    def stands_at(self) -> Origin | None:
        """The resource that the policy stands in, as a whole."""
        return Origin(self.policy.origin.logical_id) if self.policy.origin else None


def trail_destinations(account: Account) -> tuple[Destination, ...]:
    """What is prepared for CloudTrail, but for what serves other accounts' trails alone; the certain ones first."""
    found = tuple(one for one in _admitting(account) if one.ours is not FALSE)
    return tuple(sorted(found, key=lambda one: one.ours is not TRUE))


def _admitting(account: Account) -> Iterator[Destination]:
    held: list[tuple[str, Fact, str, Policy | None]] = [
        *(("bucket", bucket, bucket.name, bucket.policy) for bucket in account.buckets),
        *(("key", key, key.key_id, key.policy) for key in account.keys),
        *(("role", role, role.name, role.trust) for role in account.roles),
    ]
    for kind, fact, name, policy in held:
        if policy is not None:
            # By the template's name for it: the name that it gets in the account may be invented.
            shown = fact.origin.logical_id if fact.origin else name
            yield Destination(f"{kind} {shown}", fact, policy, _for_ours(account, policy))


def _for_ours(account: Account, policy: Policy) -> Truth:
    """Whether the policy admits CloudTrail for a trail of this account.

    A statement without a condition on whose trails it is for (such as one for `kms:DescribeKey`, which is harmless)
    says nothing beside one that has it; a policy without any such condition serves whoever has a trail.
    """
    admitting = [(path, raw) for path, raw in _statements(policy) if raw.get("Effect") == "Allow" and _named(raw)]
    restrictions = [tuple(_restrictions(account, policy, path, raw)) for path, raw in admitting]
    restricted = [TERNARY.all_of(list(each)) for each in restrictions if each]
    if restricted:
        return TERNARY.any_of(restricted)
    return TRUE if admitting else FALSE


def _statements(policy: Policy) -> Iterator[tuple[PropertyPath, dict[str, Any]]]:
    """The statements as written, each with its path in the document."""
    written = policy.document.get("Statement")
    for index, raw in enumerate(listed(written)):
        if isinstance(raw, dict):
            yield ("Statement", index) if isinstance(written, list) else ("Statement",), raw


def _named(raw: dict[str, Any]) -> bool:
    return _SERVICE in json.dumps(raw)


def _restrictions(account: Account, policy: Policy, path: PropertyPath, raw: dict[str, Any]) -> Iterator[Truth]:
    """For each condition on whose trails a statement is for: whether a trail of this account can meet it."""
    conditions = raw.get("Condition")
    for operator, keys in conditions.items() if isinstance(conditions, dict) else ():
        if not isinstance(keys, dict) or "not" in operator.lower() or operator.lower() == "null":
            continue  # one that leaves others out does not name those that it is for
        for key, values in keys.items():
            if key.lower() in _WHOSE:
                place = (*path, "Condition", operator, key)
                yield TERNARY.any_of(
                    [
                        _fits(
                            account, str(value), _doubt(policy, (*place, index) if isinstance(values, list) else place)
                        )
                        for index, value in enumerate(listed(values))
                    ]
                )


def _fits(account: Account, value: str, doubt: str | None) -> Truth:
    """Whether an account id or a trail's ARN, with wildcards perhaps, is one of this account's.

    A trail's ARN that names this account does so whatever its uncertain part (the trail's name) turns out to be.
    """
    parts = value.split(":")
    owner = value if len(parts) == 1 else parts[4] if len(parts) > 4 else "*"
    ours = "$" in owner or matches(account.account_id, owner)
    if doubt is not None:
        return TRUE if ours and parts[2:3] == ["cloudtrail"] else unknown(doubt)
    return TRUE if ours else FALSE


def _doubt(policy: Policy, place: PropertyPath) -> str | None:
    """Why the value at a place of the document is not certain."""
    return next((reason for path, reason in policy.uncertain if place[: len(path)] == path), None)
