"""The request context as AWS fills it: which condition keys a request carries, and which nobody can know here.

Source: "AWS global condition context keys",
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scenarios.access.caller import Caller, Kind, caller_of
from scenarios.access.collect import role_of, user_of
from scenarios.access.principal_keys import principal_keys
from scenarios.access.request import ContextValue, Request
from scenarios.access.resources import Resource, resource_of
from scenarios.access.service_keys import service_keys
from scenarios.account import Account
from scenarios.account.base import Tags
from scenarios.account.iam import Role, User
from scenarios.account.network import Endpoint

_TAGGING = ("create", "run", "tag", "put", "start", "register", "import", "copy", "request", "allocate", "update")
_PATH = frozenset({"aws:sourcevpce", "aws:sourcevpc", "aws:vpcsourceip", "aws:vpceaccount"})
_TIME = "when the request is made is not known"
_CLIENT = "which client asks is not known"
_ORGANISATION = "the organisation of the account is not known"


@dataclass
class _Keys:
    """Keys as they are gathered; a later word replaces an earlier."""

    known: dict[str, ContextValue] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)

    def say(self, keys: Mapping[str, ContextValue | None]) -> None:
        """Known values; nothing for a key that is certainly absent."""
        for key, value in keys.items():
            self.known[key] = () if value is None else value
            self.unknown.pop(key, None)

    def doubt(self, reason: str, *keys: str) -> None:
        """Keys that nobody can know here."""
        self.unknown |= {key: reason for key in keys if key not in self.known}


def complete(account: Account, request: Request, via: Endpoint | None = None) -> Request:
    """The request with every key that AWS would send, through the endpoint `via` or from anywhere else.

    What the request says itself stands. A key that is neither known nor certainly absent goes to `unknown_keys`.
    KMS keys and their aliases are named by the key's ARN, as KMS does.
    """
    given = {key.lower(): value for key, value in request.context.items()}
    if via is not None:  # a request that was completed without an endpoint says that it has no endpoint's keys
        given = {key: value for key, value in given.items() if key not in _PATH or value != ()}
    caller = caller_of(request.principal, request.action.lower(), request.issuer)
    resource = resource_of(account, request)
    keys = _Keys()
    _transport(keys, given, caller)
    _caller(keys, account, caller)
    _path(keys, account, None if "kms:viaservice" in given else via)
    _resource(keys, account, request, resource)
    service_keys(keys, account, request, caller, given)
    context = keys.known | given
    unknown = {key: reason for key, reason in {**request.unknown_keys, **keys.unknown}.items() if key not in context}
    role = role_of(account, caller)
    return replace(
        request,
        resource=resource.arn,
        resource_account=request.resource_account or resource.owner,
        context=context,
        unknown_keys=unknown,
        issuer=request.issuer or (role.arn if role else None),
    )


def _transport(keys: _Keys, given: Mapping[str, ContextValue], caller: Caller) -> None:
    """Time, client and how the request comes. AWS tools use TLS. A call that S3 makes to KMS on the caller's behalf is
    a forward access session: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html"""
    via = given.get("kms:viaservice")
    forwarded = isinstance(via, str) and caller.has_identity
    service = f"{via.partition('.')[0]}.amazonaws.com" if isinstance(via, str) else ""
    keys.say(
        {
            "aws:securetransport": "true",
            "aws:viaawsservice": "true" if forwarded else "false",
            "aws:calledvia": (service,) if forwarded else None,
            "aws:calledviafirst": service if forwarded else None,
            "aws:calledvialast": service if forwarded else None,
        }
    )
    keys.doubt(_TIME, "aws:currenttime", "aws:epochtime")
    keys.doubt(_CLIENT, "aws:useragent", "aws:referer")


def _caller(keys: _Keys, account: Account, caller: Caller) -> None:
    keys.say(principal_keys(caller))
    if caller.kind is Kind.SERVICE:
        _service(keys, caller)
    elif caller.kind is Kind.PROVIDER:
        keys.doubt("what the identity provider says is not known", f"{_provider(caller)}:*", "saml:*")
        keys.doubt("the session's tags are not known", "aws:requesttag/*")
    elif caller.has_identity:
        _member(keys, account, caller)


def _provider(caller: Caller) -> str:
    return caller.name.rpartition("oidc-provider/")[2].lower()


def _service(keys: _Keys, caller: Caller) -> None:
    """A service acting for itself says which resource it acts for: `aws:SourceArn` and `aws:SourceAccount`."""
    reason = f"for which resource {caller.name} acts is not known"
    keys.doubt(reason, "aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths")
    keys.doubt(_CLIENT, "aws:userid", "aws:principaltype")


def _member(keys: _Keys, account: Account, caller: Caller) -> None:
    """A user, role or root of some account."""
    role, user = role_of(account, caller), user_of(account, caller)
    if role is not None:
        keys.say({"aws:principalarn": role.arn})
    if caller.kind is not Kind.USER:
        keys.say({"aws:username": None})
    if caller.kind is Kind.SESSION and caller.role is None and role is None:
        del keys.known["aws:principalarn"]
        keys.doubt(f"the path of role {caller.role_name} is not known", "aws:principalarn")
    keys.doubt(_ORGANISATION, "aws:principalorgid", "aws:principalorgpaths")
    if (userid := _userid(caller, role, user)) is not None:
        keys.say({"aws:userid": userid})
    keys.doubt("with which credentials the caller comes is not known", "aws:userid", "aws:tokenissuetime")
    keys.doubt("whether the caller used MFA is not known", "aws:multifactorauthpresent", "aws:multifactorauthage")
    keys.doubt(_CLIENT, "aws:sourceidentity", "aws:ec2instancesourcevpc", "aws:ec2instancesourceprivateipv4")
    tags = role.tags if role else user.tags if user else None
    if tags is not None:
        keys.say({f"aws:principaltag/{name.lower()}": value for name, value in tags})
    if tags is None or (role is not None and "tagsession" in role.trust.text.lower()):
        keys.doubt("the tags of the caller's session are not known", "aws:principaltag/*")


def _userid(caller: Caller, role: Role | None, user: User | None) -> str | None:
    """`aws:userid`: a user's id, or a role's with the session's name. A role that is asked about without a session is
    taken to have some session: policies name the role's id and leave the session open."""
    if user is not None and caller.kind is Kind.USER:
        return user.unique_id
    if role is None or role.unique_id is None:
        return None
    session = caller.name.rpartition("/")[2] if caller.kind is Kind.SESSION else "any-session"
    return f"{role.unique_id}:{session}"


def _path(keys: _Keys, account: Account, via: Endpoint | None) -> None:
    """The way to the service: through an endpoint there is no `aws:SourceIp`, and else no `aws:SourceVpce`."""
    if via is None:
        keys.say({"aws:sourcevpce": None, "aws:sourcevpc": None, "aws:vpcsourceip": None, "aws:vpceaccount": None})
        keys.doubt("from which address the request comes is not known", "aws:sourceip")
        return
    vpc_arn = f"arn:{account.partition}:ec2:{account.region}:{account.account_id}:vpc/{via.vpc_id}"
    keys.say({"aws:sourcevpce": via.endpoint_id, "aws:sourcevpc": via.vpc_id, "aws:sourcevpcarn": vpc_arn})
    keys.say({"aws:vpceaccount": account.account_id, "aws:sourceip": None})
    keys.doubt("from which address in the VPC the request comes is not known", "aws:vpcsourceip")
    keys.doubt(_ORGANISATION, "aws:vpceorgid", "aws:vpceorgpaths")


def _resource(keys: _Keys, account: Account, request: Request, resource: Resource) -> None:
    owner = request.resource_account or resource.owner
    if owner is None:
        keys.doubt(f"whose {request.resource} is, is not known", "aws:resourceaccount", "s3:resourceaccount")
    else:
        keys.say({"aws:resourceaccount": owner, "s3:resourceaccount": owner})
    keys.doubt(_ORGANISATION, "aws:resourceorgid", "aws:resourceorgpaths")
    service, _, operation = request.action.lower().partition(":")
    keys.say({"aws:requestedregion": _region(account, request, resource, service)})
    _tags(keys, resource.tags, "aws:resourcetag", service)
    if operation.startswith(_TAGGING):
        keys.doubt("with which tags the request comes is not known", "aws:requesttag/*", "aws:tagkeys")


def _tags(keys: _Keys, tags: Tags | None, prefix: str, service: str) -> None:
    if tags is None:
        keys.doubt("the resource's tags are not known", f"{prefix}/*", f"{service}:resourcetag/*")
        return
    for name, value in tags:
        keys.say({f"{prefix}/{name.lower()}": value, f"{service}:resourcetag/{name.lower()}": value})


def _region(account: Account, request: Request, resource: Resource, service: str) -> str:
    """The region whose endpoint is called: of the resource, else the account's; global services answer in us-east-1."""
    parts = request.resource.split(":", 5)
    named = parts[3] if len(parts) == 6 else ""
    if service == "iam":
        return "us-east-1"
    return named or resource.region or account.region
