"""Principals and their policies."""

from __future__ import annotations

from typing import Any

from scenarios.account import iam
from scenarios.account.base import Policy
from scenarios.observation.carried import open_holder, open_parts
from scenarios.observation.reader import Reader, canonical, tags


def read(reader: Reader) -> dict[str, Any]:
    """Roles, users, groups, instance profiles and service credentials."""
    documents = _Documents(reader)
    return {
        # Groups come first: what is not known of one is not known of its users.
        "groups": reader.each(
            "iam.groups", reader.pages("iam.groups", "iam", "list_groups", "Groups"), documents.group
        ),
        "roles": reader.each("iam.roles", reader.pages("iam.roles", "iam", "list_roles", "Roles"), documents.role),
        "users": reader.each("iam.users", reader.pages("iam.users", "iam", "list_users", "Users"), documents.user),
        "instance_profiles": reader.each(
            "iam.instance_profiles",
            reader.pages("iam.instance_profiles", "iam", "list_instance_profiles", "InstanceProfiles"),
            lambda item: iam.InstanceProfile(
                name=item["InstanceProfileName"],
                arn=item["Arn"],
                roles=tuple(role["Arn"] for role in item.get("Roles", [])),
                origin=reader.origin(item["Arn"]),
            ),
        ),
    }


def read_loose_policies(reader: Reader) -> dict[str, Any]:
    """The customer managed policies that no principal has."""
    documents = _Documents(reader)
    listed = reader.pages("iam.policies", "iam", "list_policies", "Policies", Scope="Local")
    loose = (item for item in listed if not item.get("AttachmentCount"))
    return {"loose_policies": reader.each("iam.policies", loose, lambda item: documents.loose(item["Arn"]))}


class _Documents:
    """Reads principals; each managed policy's document is fetched once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._managed: dict[str, str | None] = {}

    def role(self, item: dict[str, Any]) -> iam.Role:
        reader, arn, name = self._reader, item["Arn"], item["RoleName"]
        full = reader.call("iam.role", "iam", "get_role", name, RoleName=name).get("Role", item)
        self._mark_open("role", name, arn)
        return iam.Role(
            name=name,
            arn=arn,
            path=item.get("Path", "/"),
            unique_id=item.get("RoleId"),
            trust=reader.policy("trust policy", full.get("AssumeRolePolicyDocument", {}), arn, "trust"),
            inline=self._inline("role", name, arn),
            attached=self._attached("role", name, arn),
            boundary=self._boundary(full, arn),
            tags=tags(full.get("Tags")),
            origin=reader.origin(arn),
        )

    def user(self, item: dict[str, Any]) -> iam.User:
        reader, arn, name = self._reader, item["Arn"], item["UserName"]
        full = reader.call("iam.user", "iam", "get_user", name, UserName=name).get("User", item)
        self._mark_open("user", name, arn)
        groups = self._groups(name)
        keys = reader.pages("iam.user.keys", "iam", "list_access_keys", "AccessKeyMetadata", UserName=name)
        return iam.User(
            name=name,
            arn=arn,
            path=item.get("Path", "/"),
            unique_id=item.get("UserId"),
            inline=self._inline("user", name, arn),
            attached=self._attached("user", name, arn),
            boundary=self._boundary(full, arn),
            groups=groups,
            access_key_ids=tuple(key["AccessKeyId"] for key in keys),
            tags=tags(full.get("Tags")),
            origin=reader.origin(arn),
        )

    def group(self, item: dict[str, Any]) -> iam.Group:
        arn, name = item["Arn"], item["GroupName"]
        self._mark_open("group", name, arn)
        return iam.Group(
            name=name,
            arn=arn,
            path=item.get("Path", "/"),
            inline=self._inline("group", name, arn),
            attached=self._attached("group", name, arn),
            origin=self._reader.origin(arn),
        )

    def loose(self, arn: str) -> Policy | None:
        """A managed policy that nobody has."""
        return self._policy(arn, "iam.policies", None, arn)

    def _mark_open(self, kind: str, name: str, arn: str) -> None:
        """Mark what of it hangs on something unknown: what is there may not be all, or not be it."""
        for what, reason in open_parts(self._reader.origins, kind, arn):
            self._reader.mark(what, name, reason)

    def _groups(self, user: str) -> tuple[str, ...]:
        """The names of a user's groups; what is not known of one of them is marked for the user too."""
        reader = self._reader
        listed = reader.pages("iam.user.groups", "iam", "list_groups_for_user", "Groups", UserName=user)
        names = tuple(group["GroupName"] for group in listed)
        for mark in [mark for mark in reader.unread if mark.what.startswith("iam.group.") and mark.name in names]:
            reader.mark("iam.user.groups", user, f"{mark.what} of {mark.name} could not be read: {mark.reason}")
        return names

    def _inline(self, kind: str, name: str, arn: str) -> tuple[Policy, ...]:
        reader, holder = self._reader, {f"{kind.capitalize()}Name": name}
        found = []
        for own in reader.pages(f"iam.{kind}.inline", "iam", f"list_{kind}_policies", "PolicyNames", **holder):
            if (reason := open_holder(reader.origins, arn, "inline", own)) is not None:
                reader.mark(f"iam.{kind}.inline", name, reason)
            answer = reader.call(f"iam.{kind}.inline", "iam", f"get_{kind}_policy", name, PolicyName=own, **holder)
            if answer:
                found.append(reader.policy(own, answer["PolicyDocument"], arn, "inline", own))
        return tuple(found)

    def _attached(self, kind: str, name: str, arn: str) -> tuple[Policy, ...]:
        reader, holder = self._reader, {f"{kind.capitalize()}Name": name}
        operation = f"list_attached_{kind}_policies"
        found = []
        for item in reader.pages(f"iam.{kind}.attached", "iam", operation, "AttachedPolicies", **holder):
            own = item["PolicyArn"]
            if (reason := open_holder(reader.origins, arn, "attached", own)) is not None:
                reader.mark(f"iam.{kind}.attached", name, reason)
            found.append(self._policy(own, f"iam.{kind}.attached", name, arn))
        return tuple(policy for policy in found if policy is not None)

    def _boundary(self, full: dict[str, Any], arn: str) -> Policy | None:
        boundary = full.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn") if full else None
        if isinstance(full.get("PermissionsBoundary"), str):
            boundary = full["PermissionsBoundary"]
        return (
            self._policy(boundary, "iam.boundary", full.get("RoleName") or full.get("UserName"), arn)
            if boundary
            else None
        )

    def _policy(self, policy_arn: str, what: str, name: str | None, holder: str) -> Policy | None:
        """A managed policy as its holder has it; reports point at the document where the template has it."""
        text = self._document(policy_arn, what, name)
        if text is None:
            return None
        reader = self._reader
        own = reader.origins.exact(policy_arn, "document")
        key = (policy_arn, "document") if own else (holder, "attached", policy_arn)
        managed = ":iam::aws:policy/" in policy_arn
        return reader.policy(policy_arn.rpartition("/")[2], text, *key, arn=policy_arn, aws_managed=managed)

    def _document(self, arn: str, what: str, name: str | None) -> str | None:
        if arn not in self._managed:
            self._managed[arn] = self._fetch(arn, what, name)
        elif self._managed[arn] is None:
            self._reader.mark(what, name, f"the document of policy {arn} is not known")
        return self._managed[arn]

    def _fetch(self, arn: str, what: str, name: str | None) -> str | None:
        reader = self._reader
        policy = reader.call(what, "iam", "get_policy", name, PolicyArn=arn).get("Policy")
        if not policy:
            return None
        version = policy.get("DefaultVersionId", "v1")
        answer = reader.call(what, "iam", "get_policy_version", name, PolicyArn=arn, VersionId=version)
        document = answer.get("PolicyVersion", {}).get("Document")
        if not document:
            reader.mark(what, name, f"the document of policy {arn} is not known")
            return None
        return canonical(document)
