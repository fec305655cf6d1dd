"""What an update of a stack would do: what changes in place, what is replaced, what is deleted, and what that loses.

Sources: "Update behaviors of stack resources",
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html;
"DeletionPolicy" and "UpdateReplacePolicy",
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from scenarios.deployment.deployment import Deployment
from scenarios.deployment.differences import Difference, Effect, strongest
from scenarios.deployment.engine import deploy_stack, named_stack
from scenarios.deployment.joining import with_imports
from scenarios.deployment.ledger import Entry, Status
from scenarios.deployment.losses import loss
from scenarios.deployment.policies import keeps
from scenarios.deployment.provider import Session
from scenarios.deployment.schemas import primary_identifier, read_only, schema
from scenarios.deployment.shapes import flag
from scenarios.deployment.stacks import Nesting
from scenarios.deployment.standing import Standing, masked
from scenarios.finding import Origin, Position
from scenarios.template import Template


class Action(StrEnum):
    """What becomes of a resource."""

    CREATED = "created"
    IN_PLACE = "in place"
    REPLACED = "replaced"
    PERHAPS = "perhaps replaced"
    DELETED = "deleted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Change:
    """What becomes of one resource.

    `policy` is the DeletionPolicy or UpdateReplacePolicy that decides about what stands there now, `loss` what goes
    with it, `reason` why the update is refused or not certain. `hanging` are the resources that change too if this one
    is replaced. `position` is a place in the new template; of a deleted resource, in the old one.
    """

    logical_id: str
    type: str
    action: Action
    position: Position
    differences: tuple[Difference, ...] = ()
    physical_id: str | None = None
    policy: str | None = None
    loss: str | None = None
    reason: str | None = None
    hanging: tuple[str, ...] = ()


@dataclass(frozen=True)
class Update:
    """An update of `old` to `new`: the changes in the order of the templates; all other resources stay as they are."""

    old: Deployment
    new: Deployment
    changes: tuple[Change, ...]

    @property
    def unchanged(self) -> int:
        """How many resources stay as they are."""
        changed = {change.logical_id for change in self.changes}
        return sum(entry.logical_id not in changed for entry in self.new.ledger if not entry.absent)


def update(
    old: Template,
    new: Template,
    session: Session,
    *,
    parameters: tuple[Mapping[str, str], Mapping[str, str]],
    stack_name: str = "scenario",
    account_id: str = "123456789012",
    region: str = "us-east-1",
) -> Update:
    """Deploy `old` through `session`, then work out what becomes of it when the stack is updated to `new`.

    What is created or replaced is made in the same account, after what it refers to, so that whatever refers to it
    sees its new ids; what changes in place keeps its own. `parameters` are those of the old and of the new template.
    Raises InputError where CloudFormation would refuse one of the templates as a whole.
    """
    stack = named_stack(stack_name, account_id, region)
    before = with_imports(deploy_stack(old, session, stack, parameters[0], Nesting()))
    after = with_imports(deploy_stack(new, session, stack, parameters[1], Nesting(standing=before.standing)))
    return Update(before, after, tuple(_changes(before, after)))


def _changes(old: Deployment, new: Deployment) -> Iterator[Change]:
    """The changes of one stack and of those within it."""
    was, now = _standing(old), _standing(new)
    for name in now.ledger:
        if not now.stands(name):
            continue
        if not was.stands(name):
            yield _created(name, new, old)
            inner = _all_created(new.parts[name]) if name in new.parts else iter(())
        else:
            change = _changed(name, old, new)
            inner = _changes(old.parts[name], new.parts[name]) if name in old.parts and name in new.parts else iter(())
            if change is not None:
                yield replace(change, reason=change.reason or _unread(name, old, new))
        yield from (_within(name, change) for change in inner)
    for name in was.ledger:
        if was.stands(name) and not now.stands(name):
            yield from _deleted(name, old)


def _unread(name: str, old: Deployment, new: Deployment) -> str | None:
    """Why nobody can tell what becomes of the resources of a nested stack that is read on one side only."""
    if (name in old.parts) is (name in new.parts):
        return None
    return (
        f"its {'new' if name in old.parts else 'old'} template is not read: what becomes of its resources is not known"
    )


def _created(name: str, new: Deployment, old: Deployment | None = None) -> Change:
    entry = _standing(new).ledger[name]
    change = Change(name, entry.type, Action.CREATED, new.position(Origin(name)), physical_id=entry.physical_id)
    taken = _taken(name, new, old) if old else None
    if taken is not None:
        return replace(change, action=Action.REFUSED, reason=_in_the_way(taken))
    unmade = entry.status in (Status.FAILED, Status.SKIPPED)
    return replace(change, reason=f"it could not be made here: {entry.reason}" if unmade else _whether(name, new))


def _in_the_way(taken: Entry) -> str:
    return f"{taken.logical_id} stands as {taken.physical_id}, and goes only after this one is made, if at all"


def _taken(name: str, new: Deployment, old: Deployment) -> Entry | None:
    """The resource of the stack that stands under the name which the template gives to this one."""
    kind, was = _standing(new).ledger[name].type, _standing(old)
    wanted = _stands_as(kind, _properties(new, name))
    there = (one for one in was.ledger.values() if one.type == kind and one.logical_id != name)
    named = (one for one in there if wanted is not None and was.stands(one.logical_id))
    return next((one for one in named if _stands_as(kind, _properties(old, one.logical_id)) == wanted), None)


def _properties(deployment: Deployment, name: str) -> Mapping[str, Any]:
    """A resource's properties, secrets among them: to compare, and not to show."""
    made = _standing(deployment).made.get(name)
    return made.properties if made is not None else {}


def _changed(name: str, old: Deployment, new: Deployment) -> Change | None:
    was, now = _standing(old), _standing(new)
    entry = was.ledger[name]
    kind = now.ledger[name].type
    at = new.position(Origin(name))
    if kind != entry.type:
        reason = (
            f"CloudFormation does not change the type of a resource, here from {entry.type}: use another logical id"
        )
        return Change(name, kind, Action.REFUSED, at, physical_id=entry.physical_id, reason=reason)
    found = _masked(now.differences.get(name, ()), new.parts.get(name))
    if (effect := strongest(found)) is None:
        return None
    change = Change(name, kind, Action(effect), at, found, entry.physical_id, reason=_whether(name, new))
    if effect is Effect.REFUSED:
        changed = ", ".join(str(one.path[0]) for one in found if one.effect is Effect.REFUSED)
        return replace(change, reason=f"{kind} does not let {changed} be changed")
    if effect is Effect.IN_PLACE:
        return change
    return _replaced(change, old, new)


def _masked(found: tuple[Difference, ...], part: Deployment | None) -> tuple[Difference, ...]:
    """Without what a nested stack takes as a secret, however its parent says it."""
    declared = (part.template.body.get("Parameters") or {}) if part else {}
    secret = {name for name, body in declared.items() if isinstance(body, dict) and flag(body.get("NoEcho"))}
    return tuple(
        masked(one) if secret and one.path[0] == "Parameters" and secret & {*one.path, *_names(one)} else one
        for one in found
    )


def _names(found: Difference) -> Iterator[str]:
    """The parameters within a difference that is about several."""
    for value in (found.before, found.after):
        if isinstance(value, Mapping):
            yield from value


def _replaced(change: Change, old: Deployment, new: Deployment) -> Change:
    """With what stands in its way, and what is lost."""
    name, kind = change.logical_id, change.type
    kept_name = _kept_name(kind, new.resolved.get(name, {}), change.differences)
    if kept_name is not None:
        sure = change.action is Action.REPLACED
        reason = f"a resource that is replaced cannot keep its own name, here {kept_name}: rename it"
        change = replace(change, action=Action.REFUSED if sure else change.action, reason=reason)
    elif change.action is Action.REPLACED and (taken := _taken(name, new, old)) is not None:
        change = replace(change, action=Action.REFUSED, reason=_in_the_way(taken))
    if change.action is Action.REFUSED:
        return change
    before, after = (_policy(deployment, name, "UpdateReplacePolicy") for deployment in (old, new))
    safe = keeps(before) and keeps(after)
    policy = after if safe or not keeps(after) else f"{after}, which the old template does not say"
    change = replace(change, policy=policy, loss=None if safe else _loss(kind, after, old, name))
    if change.action is Action.PERHAPS:
        return replace(change, hanging=tuple(_hanging(name, new)))
    entry = _standing(new).ledger[name]
    unmade = f"the new one could not be made here: {entry.reason}" if entry.status is Status.FAILED else None
    return replace(change, reason=unmade or change.reason)


def _deleted(name: str, old: Deployment, spared: str | None = None) -> Iterator[Change]:
    """A resource that goes, and those of the stack that it is; `spared` is the policy of a stack that is kept whole."""
    entry = _standing(old).ledger[name]
    policy = spared or _policy(old, name, "DeletionPolicy", entry.type)
    lost = None if keeps(policy) else _loss(entry.type, policy, old, name)
    at = old.position(Origin(name))
    reason = _whether(name, old)
    yield Change(name, entry.type, Action.DELETED, at, (), entry.physical_id, policy, lost, reason)
    if name in old.parts:
        kept = policy if keeps(policy) else None
        yield from (_within(name, change) for change in _all_deleted(old.parts[name], kept))


def _loss(kind: str, policy: str, old: Deployment, name: str) -> str | None:
    """What goes with the resource that stands there; of an instance in a cluster nothing, since the cluster has the
    data."""
    made = _standing(old).made.get(name)
    clustered = made is not None and kind == "AWS::RDS::DBInstance" and "DBClusterIdentifier" in made.properties
    return None if clustered else loss(kind, policy)


def _all_deleted(part: Deployment, spared: str | None = None) -> Iterator[Change]:
    standing = _standing(part)
    for name in standing.ledger:
        if standing.stands(name):
            yield from _deleted(name, part, spared)


def _all_created(part: Deployment) -> Iterator[Change]:
    standing = _standing(part)
    for name in standing.ledger:
        if standing.stands(name):
            yield _created(name, part)
            if name in part.parts:
                yield from (_within(name, change) for change in _all_created(part.parts[name]))


def _within(name: str, change: Change) -> Change:
    hanging = tuple(f"{name}/{other}" for other in change.hanging)
    return replace(change, logical_id=f"{name}/{change.logical_id}", hanging=hanging)


def _standing(deployment: Deployment) -> Standing:
    if deployment.standing is None:
        raise ValueError("several stacks together are not updated")
    return deployment.standing


def _whether(name: str, deployment: Deployment) -> str | None:
    """Why it is not certain that the resource is there at all."""
    return next((reason for path, reason in deployment.origins.uncertain_within(Origin(name)) if not path), None)


def _policy(deployment: Deployment, name: str, attribute: str, resource_type: str = "") -> str:
    """What the template says to do with the physical resource."""
    said = _standing(deployment).policies.get(name, {}).get(attribute)
    if said is not None:
        return said
    properties = _standing(deployment).made[name].properties
    alone = resource_type == "AWS::RDS::DBInstance" and "DBClusterIdentifier" not in properties
    return "Snapshot" if alone or resource_type == "AWS::RDS::DBCluster" else "Delete"


def _kept_name(resource_type: str, properties: Mapping[str, Any], found: tuple[Difference, ...]) -> str | None:
    """The name that the template gives to a resource and does not change; none where the old one is deleted first.

    Source: "Name type", https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
    """
    if (schema(resource_type) or {}).get("replacementStrategy") == "delete_then_create":
        return None
    changed = {str(one.path[0]) for one in found}
    return None if changed & set(_naming(resource_type)) else _own_name(resource_type, properties)


_PLACES = {
    "AWS::EC2::Route": ("RouteTableId", "DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"),
    "AWS::EC2::VPCGatewayAttachment": ("VpcId", "InternetGatewayId", "VpnGatewayId"),
}
"""What there can be only once, by the properties that say where; their ids are made up by AWS."""


def _stands_as(resource_type: str, properties: Mapping[str, Any]) -> str | None:
    """The name or the place of which there can be only one."""
    if resource_type in _PLACES:
        return "|".join(str(properties.get(name)) for name in _PLACES[resource_type])
    return _own_name(resource_type, properties)


def _own_name(resource_type: str, properties: Mapping[str, Any]) -> str | None:
    """The name that the properties give to the resource, if they give one."""
    names = _naming(resource_type)
    values = [properties.get(name) for name in names]
    return "|".join(map(str, values)) if names and all(isinstance(value, str) for value in values) else None


def _naming(resource_type: str) -> tuple[str, ...]:
    """The properties that name a resource."""
    names = primary_identifier(resource_type)
    if set(names) & set(read_only(resource_type)):  # AWS makes the identifier up; the name is another property
        published = schema(resource_type) or {}
        fixed = [pointer.rpartition("/")[2] for pointer in published.get("createOnlyProperties", ())]
        names = tuple(name for name in ("Name", f"{resource_type.rpartition('::')[2]}Name") if name in fixed)
    return names


def _hanging(name: str, deployment: Deployment) -> Iterator[str]:
    """The resources of the stack that refer to this one, directly or through others."""
    own = _standing(deployment).ledger
    found, rest = {name}, [name]
    while rest:
        current = rest.pop()
        for other in own:
            if current in deployment.references.get(other, ()) and other not in found:
                found.add(other)
                rest.append(other)
                yield other
