"""What a person calls things, in the account's own names: logical ids, names and ids for ARNs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from scenarios.access import model_arn
from scenarios.access.action import about_objects
from scenarios.access.caller import is_principal
from scenarios.account import Account, Fact
from scenarios.account.iam import InstanceProfile
from scenarios.account.network import Endpoint, Placement
from scenarios.account.s3 import Bucket
from scenarios.account.workload import ScalingGroup, Workload
from scenarios.deployment.deployment import Deployment
from scenarios.errors import InputError


class Names:
    """The names of one deployment."""

    def __init__(self, deployment: Deployment, account: Account) -> None:
        self._deployment = deployment
        self._account = account

    def principal(self, name: str) -> str:
        """Who asks: an ARN, an account id, a service, `*`, or the logical id or name of a role, a user, or a workload.

        A workload acts with its role.

        Raises InputError for a name that is none of them.
        """
        account = self._account
        if (role := account.role(name)) is not None:
            return role.arn
        if (user := next((user for user in account.users if user.name == name), None)) is not None:
            return user.arn
        arn = self._acting(name) or (name if is_principal(name) else None)
        if arn is None:
            if name.startswith("arn:"):
                raise InputError(f"{name} is not the ARN of a principal")
            known = [entry for fact in self._facts() if self._acting(entry := _logical_id(fact)) is not None]
            raise self._unknown("principal", name, known)
        return arn

    def _acting(self, logical_id: str) -> str | None:
        for fact in self._facts():
            if _logical_id(fact) != logical_id:
                continue
            if isinstance(fact, Workload):
                role = self._account.role(fact.role)
                return role.arn if role else fact.role
            if isinstance(fact, InstanceProfile):
                return next(iter(fact.roles), None)
            arn = getattr(fact, "arn", "")
            if ":iam:" in arn and (":role/" in arn or ":user/" in arn):
                return str(arn)
        return None

    def resource(self, name: str, action: str) -> str:
        """What it is about: an ARN, `*`, a logical id with whatever follows the ARN (`Documents/reports/2024.pdf`), a
        key alias, or a model id. A bucket without a key stands for any object of it where the action is about objects.

        Raises InputError for a name that is none of them.
        """
        if name == "*" or name.startswith(("arn:", "alias/", "collection/", "index/")):
            return name
        logical_id, slash, rest = self._split(name)
        if (arn := self._arn(logical_id)) is not None:
            bucket = isinstance(self._account.bucket(arn), Bucket)
            return arn + slash + rest if rest or not (bucket and about_objects(action)) else f"{arn}/any-object"
        if action.lower().startswith("bedrock:invokemodel") and "." in name:
            return model_arn(self._account, name)
        if (entry := self._deployment.entry(logical_id)) is not None:
            cause = f"resource {logical_id!r} ({entry.type}) has no ARN that is known here: give the ARN itself"
            raise InputError(cause, file=self._deployment.template.file)
        raise self._unknown("resource", logical_id, [entry.logical_id for entry in self._deployment.ledger])

    def _split(self, name: str) -> tuple[str, str, str]:
        """The logical id that a name begins with, the slash, and what follows; those of nested stacks have slashes."""
        known = {entry.logical_id for entry in self._deployment.ledger}
        for place in range(len(name), 0, -1):
            if name[:place] in known and name[place : place + 1] in ("", "/"):
                return name[:place], name[place : place + 1], name[place + 1 :]
        return name.partition("/")

    def _arn(self, logical_id: str) -> str | None:
        """By the facts, else by what the deployment says of a resource that no fact shows."""
        for fact in self._facts():
            if _logical_id(fact) == logical_id and isinstance(arn := getattr(fact, "arn", None), str):
                return arn
        return next((key for key in self._deployment.origins.identities(logical_id) if key.startswith("arn:")), None)

    def endpoint(self, name: str) -> Endpoint:
        """The VPC endpoint of this logical id or id. Raises InputError where there is none."""
        if (endpoint := self.own_endpoint(name)) is not None:
            return endpoint
        raise self._unknown("VPC endpoint", name, [_logical_id(one) for one in self._account.endpoints])

    def own_endpoint(self, name: str) -> Endpoint | None:
        """The VPC endpoint of this logical id or id, if there is one."""
        return next((one for one in self._account.endpoints if name in (one.endpoint_id, _logical_id(one))), None)

    def network(self, name: str) -> str | None:
        """The id of the VPC, transit or private gateway, or peering connection of this logical id or id, if any."""
        found = (vpc.vpc_id for vpc in self._account.vpcs if name in (vpc.vpc_id, _logical_id(vpc)))
        if (vpc_id := next(found, None)) is not None:
            return vpc_id
        entry = next((e for e in self._deployment.ledger if name in (e.logical_id, e.physical_id)), None)
        return entry.physical_id if entry and entry.type in _GATEWAYS else None

    def workload(self, name: str) -> Workload:
        """The workload of this logical id, name or ARN; of a subnet `S` or `S/G` one that stands there, in the security
        group `G` or the VPC's default one.

        Raises InputError where there is none.
        """
        workloads = list(self._account.workloads())
        for workload in workloads:
            if name in (workload.arn, workload.name) or name == _holder(workload):
                return workload
        if (standing := self._standing(name)) is not None:
            return standing
        known = [_holder(one) or one.name for one in workloads] or [_logical_id(one) for one in self._account.subnets]
        raise self._unknown("workload", name, known)

    def _standing(self, name: str) -> Workload | None:
        """Whatever may stand in a subnet, with the addresses that the subnet gives."""
        place, _, group = self._split(name)
        subnet = next((one for one in self._account.subnets if place in (one.subnet_id, _logical_id(one))), None)
        if subnet is None:
            return None
        groups = (one for one in self._account.security_groups if group in (one.group_id, _logical_id(one)))
        found = next(groups, None) if group else None
        if group and found is None:
            known = [_logical_id(one) for one in self._account.security_groups]
            raise self._unknown("security group", group, known)
        stand = Placement(
            subnet_ids=(subnet.subnet_id,),
            security_group_ids=(found.group_id,) if found else (),
            vpc_id=subnet.vpc_id,
        )
        return ScalingGroup(name=name, arn=subnet.subnet_id, placement=stand, origin=subnet.origin)

    def _facts(self) -> Iterator[Fact]:
        for name in type(self._account).model_fields:
            value: Any = getattr(self._account, name)
            if isinstance(value, tuple):
                yield from (fact for fact in value if isinstance(fact, Fact))

    def _unknown(self, kind: str, name: str, known: Iterable[str]) -> InputError:
        names = sorted({one for one in known if one})
        close = get_close_matches(name, names, 1)
        hint = f"; did you mean {close[0]}?" if close else f"; there are {', '.join(names[:12])}" if names else ""
        return InputError(f"there is no {kind} {name!r} in the template{hint}", file=self._deployment.template.file)


_GATEWAYS = ("AWS::EC2::TransitGateway", "AWS::EC2::VPNGateway", "AWS::EC2::VPCPeeringConnection")


def _holder(workload: Workload) -> str:
    return workload.origin.logical_id if workload.origin is not None else ""


def _logical_id(fact: Fact) -> str:
    """The logical id of the resource that the fact is of; nothing for a part of one."""
    return fact.origin.logical_id if fact.origin is not None and not fact.origin.path else ""
