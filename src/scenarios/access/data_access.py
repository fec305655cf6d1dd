"""OpenSearch Serverless data access policies, told as policies so that the decision has one form of grant to look at.

They are lists of entries: rules (resource type, resources by name with wildcards, permissions) and the principals that
they grant them to. Only they grant access to a collection's data, beside `aoss:APIAccessAll` in IAM.

Source: "Data access control for Amazon OpenSearch Serverless",
https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from scenarios.account.base import Policy


def data_access_policy(policy: Policy) -> Policy:
    """The policy in IAM's form; one that is no list of entries stays as it is, and is refused where it is read."""
    text = _told(policy.text)
    return policy if text is None else policy.model_copy(update={"text": text, "uncertain": _whole(policy)})


def _whole(policy: Policy) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """Paths of the original do not fit the told form: a doubt about a part is one about the whole."""
    return (((), policy.uncertain[0][1]),) if policy.uncertain else ()


@lru_cache(maxsize=1024)
def _told(text: str) -> str | None:
    try:
        entries = json.loads(text)
    except ValueError:
        return None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return None
    statements = [statement for entry in entries for statement in _statements(entry)]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, sort_keys=True)


def _statements(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One statement a rule and form of principal: wildcards in principals are matched as conditions are."""
    principals = [str(one) for one in entry.get("Principal") or []]
    exact = [one for one in principals if "*" not in one and "?" not in one]
    open_ = [one for one in principals if one not in exact]
    for rule in entry.get("Rules") or []:
        body = {
            "Effect": "Allow",
            "Action": [str(one) for one in rule.get("Permission") or []],
            "Resource": [str(one) for one in rule.get("Resource") or []],
        }
        if exact:
            yield body | {"Principal": {"AWS": exact}}
        if open_:
            yield body | {"Principal": {"AWS": "*"}, "Condition": {"StringLike": {"aws:PrincipalArn": open_}}}
