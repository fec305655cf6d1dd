"""From what AWS calls a thing to where the template says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scenarios.finding import Origin, PropertyPath


class Origins:
    """Keys of deployed things -> origins. Empty for a live account.

    A key's first element is the thing's ARN, or its id where AWS's ids are unique without one
    (every EC2 thing: `vpc-...`, `sg-...`). Further elements name a part of it:

    | key | part |
    |---|---|
    | `(role_arn, "trust")`, `(role_arn, "boundary")` | also for users |
    | `(role_arn, "inline", policy_name)`, `(role_arn, "attached", policy_arn)` | also for users and groups |
    | `(policy_arn, "document")` | a managed policy's document |
    | `(bucket_arn, "policy" / "encryption" / "public-access-block" / "versioning")` | |
    | `(bucket_arn, "logging" / "ownership" / "lifecycle")` | |
    | `(key_arn, "policy")`, `(key_arn, "rotation")` | |
    | `(route_table_id, "route", destination)` | destination: CIDR or prefix-list id |
    | `(group_id, "ingress" / "egress", rule_id)` | rule_id: `sgr-...` |
    | `(acl_id, "ingress" / "egress", rule_number)`, `(acl_id, "association", subnet_id)` | |
    | `(endpoint_id, "policy")`, `(topic_arn, "policy")` and so on | the resource's own policy |
    | `(function_arn, "policy", statement_id)`, `(function_arn, "url")` | a Lambda permission; the function's URL |
    | `(agent_arn, "action-group", name)`, `(agent_arn, "knowledge-base", id)` | |
    | `(trail_arn, "selectors" / "insights")` | also `(event_data_store_arn, "selectors")` |
    | `(transit_table_id, "association" / "propagation", attachment_id)` | |
    | `(event_rule_arn, "target", id)`, `(schedule_arn, "target")` | |
    | `(pipeline_arn, "definition" / "steps")` | the latter where the steps are no text |
    | `(gateway_id, "attachment", vpc_id)`, `(route_table_id, "association", subnet_id)` | |
    | `(interface_id, "attachment")`, `(interface_id, "address")` | the latter: its elastic address |
    | `(interface_id, "private-address")` | its private address, where the template says it |
    | `(vpc_id, "cidr", block)`, `(vpc_id, "dhcp-options")`, `(subnet_id, "cidr", block)` | |

    Things that have neither an ARN nor an id: `aoss:security-policy:TYPE:NAME`, `aoss:access-policy:TYPE:NAME`,
    `logs:resource-policy:NAME`, `autoscaling:launch-configuration:NAME`,
    `ec2:vpc-block-public-access`, `macie2:session`, `config:recorder:NAME`, `config:channel:NAME`.
    """

    def __init__(self) -> None:
        self._origins: dict[tuple[str, ...], Origin] = {}
        self._uncertain: dict[str, dict[PropertyPath, str]] = {}
        self._named: dict[str, dict[PropertyPath, frozenset[str]]] = {}

    def register(self, key: tuple[str, ...], origin: Origin) -> None:
        """Say that the thing or part named `key` stands at `origin`; a later word replaces an earlier."""
        self._origins[key] = origin

    def find(self, *key: str) -> Origin | None:
        """The origin of the part `key`, or of the nearest thing that holds it."""
        for length in range(len(key), 0, -1):
            if (origin := self._origins.get(key[:length])) is not None:
                return origin
        return None

    def exact(self, *key: str) -> Origin | None:
        """The origin registered for exactly this key."""
        return self._origins.get(key)

    def identities(self, logical_id: str) -> Iterator[str]:
        """What AWS calls the whole resource of this logical id: its ARN or id, in the order of registration."""
        for key, origin in self._origins.items():
            if len(key) == 1 and origin == Origin(logical_id):
                yield key[0]

    def take(self, other: Origins, prefix: str) -> None:
        """Take over the origins of another template, whose logical ids get a prefix."""
        for key, origin in other._origins.items():
            self._origins[key] = Origin(prefix + origin.logical_id, origin.path)
        for logical_id, reasons in other._uncertain.items():
            self._uncertain.setdefault(prefix + logical_id, {}).update(reasons)

    def mark_uncertain(self, origin: Origin, reason: str) -> None:
        """Say that the value at `origin` hangs on something unknown; `reason` names it."""
        self._uncertain.setdefault(origin.logical_id, {})[origin.path] = reason

    def uncertain_within(self, origin: Origin) -> Iterable[tuple[PropertyPath, str]]:
        """Uncertain paths at, above or below `origin`, relative to it (`()` for at or above), with reasons."""
        depth = len(origin.path)
        for path, reason in self._uncertain.get(origin.logical_id, {}).items():
            if path[:depth] == origin.path:
                yield path[depth:], reason
            elif origin.path[: len(path)] == path:
                yield (), reason

    def mark_named(self, origin: Origin, names: frozenset[str]) -> None:
        """Say that the value at `origin` holds the private address of the resources of these logical ids."""
        self._named.setdefault(origin.logical_id, {})[origin.path] = names

    def named_within(self, origin: Origin) -> frozenset[str]:
        """The logical ids of the resources whose private address stands at or below `origin`."""
        depth = len(origin.path)
        found = self._named.get(origin.logical_id, {}).items()
        return frozenset(name for path, names in found if path[:depth] == origin.path for name in names)
