"""Who asks: the forms of principal that a request can come from.

Source: "AWS JSON policy elements: Principal",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

ANONYMOUS = "*"
_ACCOUNT = re.compile(r"\d{12}\Z")
_WEB_IDENTITY_PROVIDERS = frozenset(
    {"accounts.google.com", "www.amazon.com", "graph.facebook.com", "cognito-identity.amazonaws.com"}
)
_PRINCIPAL = re.compile(
    r"""\*|\d{12}|[a-z0-9.-]+\.amazonaws\.com(\.cn)?
    |arn:aws[a-z-]*:iam::\d{12}:(root|(user|role|oidc-provider|saml-provider)/.+)
    |arn:aws[a-z-]*:sts::\d{12}:(assumed-role/[^/]+/.+|federated-user/.+)""",
    re.ASCII | re.VERBOSE,
)
_FEDERATED_ACTIONS = frozenset({"sts:assumerolewithwebidentity", "sts:assumerolewithsaml"})


class Kind(Enum):
    """The kinds of caller that the evaluation logic tells apart."""

    ANONYMOUS = auto()
    SERVICE = auto()
    PROVIDER = auto()  # an identity provider, on behalf of whom it vouches for
    ROOT = auto()
    USER = auto()
    ROLE = auto()  # a role's session whose name is not given
    SESSION = auto()  # an assumed-role session
    FEDERATED_USER = auto()


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller. `role` is the ARN of the role that a session is of (for a session without a known path: `None`),
    `role_name` its name, `issuer` the user that a federated-user session comes from."""

    kind: Kind
    name: str
    account: str | None = None
    partition: str = "aws"
    role: str | None = None
    role_name: str | None = None
    issuer: str | None = None

    @property
    def has_identity(self) -> bool:
        """Whether identity policies can apply to it: it belongs to an account."""
        return self.account is not None

    @property
    def service_linked(self) -> bool:
        """A service-linked role, which neither SCPs nor RCPs restrict."""
        return ":role/aws-service-role/" in (self.role or "") or (self.role_name or "").startswith("AWSServiceRoleFor")


def is_principal(name: str) -> bool:
    """Whether requests can come from what is named: groups, buckets and accounts' bare ARNs are no principals."""
    return bool(_PRINCIPAL.fullmatch(name)) or name in _WEB_IDENTITY_PROVIDERS


@lru_cache(maxsize=16384)
def caller_of(principal: str, action: str = "", issuer: str | None = None) -> Caller:
    """The caller that a request's `principal` names. `action` (lower case) tells a provider from a service."""
    if principal in ("", ANONYMOUS, "anonymous"):
        return Caller(Kind.ANONYMOUS, ANONYMOUS)
    if _ACCOUNT.match(principal):
        return Caller(Kind.ROOT, f"arn:aws:iam::{principal}:root", principal)
    if not principal.startswith("arn:"):
        federated = principal in _WEB_IDENTITY_PROVIDERS and action in _FEDERATED_ACTIONS
        return Caller(Kind.PROVIDER if federated or "amazonaws" not in principal else Kind.SERVICE, principal)
    return _from_arn(principal, issuer)


def _from_arn(arn: str, issuer: str | None) -> Caller:
    parts = arn.split(":", 5)
    partition, account, resource = (*parts, "", "", "", "", "")[1], (parts + [""] * 6)[4], (parts + [""] * 6)[5]
    kind, _, rest = resource.partition("/")
    if kind in ("oidc-provider", "saml-provider"):
        return Caller(Kind.PROVIDER, arn, None, partition)
    if kind == "assumed-role":
        return Caller(Kind.SESSION, arn, account, partition, _path_of(issuer), rest.partition("/")[0], issuer)
    if kind == "federated-user":
        return Caller(Kind.FEDERATED_USER, arn, account, partition, issuer=issuer)
    if kind == "role":
        return Caller(Kind.ROLE, arn, account, partition, arn, rest.rpartition("/")[2])
    if kind == "root":
        return Caller(Kind.ROOT, arn, account, partition)
    return Caller(Kind.USER, arn, account, partition)


def _path_of(issuer: str | None) -> str | None:
    return issuer if issuer and ":role/" in issuer else None
