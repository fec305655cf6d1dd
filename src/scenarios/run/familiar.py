"""Ids that the emulator made up, in the words of the template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenarios.account import Account
from scenarios.account.network import SecurityGroup
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.scope import spelled
from scenarios.finding import Origin


class Familiar:
    """What a person calls each thing of one deployment: by its logical id, where the template makes it."""

    def __init__(self, deployment: Deployment, account: Account) -> None:
        self._invented = deployment.placeholders
        made = deployment.ledger[::-1]  # an association may go by the id of what was made before it
        self._names = {
            **dict(_made_with_a_vpc(account)),
            **dict(_rules(account)),
            **{one.name: one.origin.logical_id for one in account.workloads() if one.origin and not one.origin.path},
            **{entry.physical_id: entry.logical_id for entry in made if entry.physical_id},
        }
        long = sorted((name for name in self._names if len(name) > 7), key=len, reverse=True)
        self._known = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, long)) + r")(?![\w-])") if long else None

    def words(self, text: str) -> str:
        """The text with each known id replaced, and each value that was invented for a parameter."""
        for name, value in self._invented.items():
            text = spelled(text, name, value)
        return self._known.sub(lambda found: self._names[found[0]], text) if self._known else text

    def name(self, identifier: str) -> str:
        """What the template calls the thing with this id; the id itself where it does not make it."""
        return self._names.get(identifier, identifier)


def _made_with_a_vpc(account: Account) -> Iterator[tuple[str, str]]:
    """What AWS makes with each VPC: a main route table, a default ACL and a default group."""
    vpcs = {vpc.vpc_id: vpc.origin.logical_id for vpc in account.vpcs if vpc.origin}
    for table in account.route_tables:
        if table.main and table.vpc_id in vpcs and table.origin is None:
            yield table.route_table_id, f"the main route table of {vpcs[table.vpc_id]}"
    for acl in account.network_acls:
        if acl.is_default and acl.vpc_id in vpcs:
            yield acl.acl_id, f"the default ACL of {vpcs[acl.vpc_id]}"
    for group in account.security_groups:
        if group.is_default and group.vpc_id in vpcs:
            yield group.group_id, f"the default group of {vpcs[group.vpc_id]}"


def _rules(account: Account) -> Iterator[tuple[str, str]]:
    for group in account.security_groups:
        for rule in group.rules:
            name = _place(rule.origin) if rule.origin else None
            yield rule.rule_id, name or f"the {rule.direction} rule of {_of(group)}"


def _of(group: SecurityGroup) -> str:
    return group.origin.logical_id if group.origin else "the default group"


def _place(origin: Origin) -> str:
    """`AppGroup egress 1` for a rule within its group; the resource alone for one of its own."""
    steps = [step for step in origin.path if step != "Properties"]
    if not steps:
        return origin.logical_id
    way = str(steps[0]).removeprefix("SecurityGroup").lower()
    return " ".join([origin.logical_id, way, *(str(step + 1) for step in steps[1:] if isinstance(step, int))])
