"""Principals and their policies."""

from __future__ import annotations

from typing import Any

from scenarios.account import iam
from scenarios.account.base import Policy
from scenarios.observation.reader import Reader, tags


def read(reader: Reader) -> dict[str, Any]:
    """Roles, users, groups, instance profiles and service credentials."""
    documents = _Documents(reader)
    return {
        "roles": reader.each("iam.roles", reader.pages("iam.roles", "iam", "list_roles", "Roles"), documents.role),
        "users": reader.each("iam.users", reader.pages("iam.users", "iam", "list_users", "Users"), documents.user),
        "groups": reader.each(
            "iam.groups", reader.pages("iam.groups", "iam", "list_groups", "Groups"), documents.group
        ),
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


class _Documents:
    """Reads principals; each managed policy's document is fetched once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._managed: dict[str, str | None] = {}

    def role(self, item: dict[str, Any]) -> iam.Role:
        reader, arn, name = self._reader, item["Arn"], item["RoleName"]
        full = reader.call("iam.role", "iam", "get_role", name, RoleName=name).get("Role", item)
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
        groups = reader.pages("iam.user.groups", "iam", "list_groups_for_user", "Groups", UserName=name)
        keys = reader.pages("iam.user.keys", "iam", "list_access_keys", "AccessKeyMetadata", UserName=name)
        return iam.User(
            name=name,
            arn=arn,
            path=item.get("Path", "/"),
            unique_id=item.get("UserId"),
            inline=self._inline("user", name, arn),
            attached=self._attached("user", name, arn),
            boundary=self._boundary(full, arn),
            groups=tuple(group["GroupName"] for group in groups),
            access_key_ids=tuple(key["AccessKeyId"] for key in keys),
            tags=tags(full.get("Tags")),
            origin=reader.origin(arn),
        )

    def group(self, item: dict[str, Any]) -> iam.Group:
        arn, name = item["Arn"], item["GroupName"]
        return iam.Group(
            name=name,
            arn=arn,
            path=item.get("Path", "/"),
            inline=self._inline("group", name, arn),
            attached=self._attached("group", name, arn),
            origin=self._reader.origin(arn),
        )

    def _inline(self, kind: str, name: str, arn: str) -> tuple[Policy, ...]:
        reader, holder = self._reader, {f"{kind.capitalize()}Name": name}
        found = []
        for own in reader.pages(f"iam.{kind}.inline", "iam", f"list_{kind}_policies", "PolicyNames", **holder):
            answer = reader.call(f"iam.{kind}.inline", "iam", f"get_{kind}_policy", name, PolicyName=own, **holder)
            if answer:
                found.append(reader.policy(own, answer["PolicyDocument"], arn, "inline", own))
        return tuple(found)

    def _attached(self, kind: str, name: str, arn: str) -> tuple[Policy, ...]:
        reader, holder = self._reader, {f"{kind.capitalize()}Name": name}
        operation = f"list_attached_{kind}_policies"
        listed = reader.pages(f"iam.{kind}.attached", "iam", operation, "AttachedPolicies", **holder)
        made = (self._policy(item["PolicyArn"], f"iam.{kind}.attached", name, arn) for item in listed)
        return tuple(policy for policy in made if policy is not None)

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
        from scenarios.observation.reader import canonical

        return canonical(document)
