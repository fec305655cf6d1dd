"""Questions to an account: whose policies are consulted, and what is unknown."""

from __future__ import annotations

import pytest

from access.accounts import (
    ACCOUNT,
    BUCKET,
    ENDPOINT,
    KEY,
    OBJECT,
    REGION,
    ROLE,
    account,
    allow,
    bucket,
    deny,
    key,
    policy,
    role,
)
from scenarios.access import (
    Outcome,
    Request,
    all_allowed,
    ask,
    decide,
    policies_for,
    principals_with_access,
    whole_call,
)
from scenarios.account.base import Unread
from scenarios.account.iam import Group, User
from scenarios.account.kms import Grant
from scenarios.account.s3 import PublicAccessBlock
from scenarios.finding import Origin

READ = Request(ROLE, "s3:GetObject", OBJECT)
FOREIGN = "arn:aws:iam::999999999999:role/stranger"


def test_a_roles_policies_are_found_by_arn_and_by_session() -> None:
    asked = account(role(allow("s3:GetObject", f"{BUCKET}/*")), bucket())
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/reader/job"
    assert ask(asked, READ).allowed
    assert ask(asked, Request(session, "s3:GetObject", OBJECT)).allowed
    assert ask(asked, Request(ROLE, "s3:PutObject", OBJECT)).outcome is Outcome.IMPLICIT_DENY


def test_a_users_groups_count() -> None:
    group = Group(name="g", arn=f"arn:aws:iam::{ACCOUNT}:group/g", inline=(policy(allow("s3:*")),))
    user = User(name="ann", arn=f"arn:aws:iam::{ACCOUNT}:user/ann", groups=("g",))
    assert ask(account(user, bucket(), groups=(group,)), Request(user.arn, "s3:GetObject", OBJECT)).allowed
    decision = ask(account(user, bucket()), Request(user.arn, "s3:GetObject", OBJECT))
    assert decision.outcome is Outcome.UNKNOWN
    assert "group g" in decision.why


def test_a_boundary_limits() -> None:
    limited = role(allow("s3:*"), boundary=policy(allow("logs:*")))
    decision = ask(account(limited, bucket()), READ)
    assert decision.outcome is Outcome.IMPLICIT_DENY
    assert [one.partition(":")[0] for one in decision.lacking] == ["boundary"]


@pytest.mark.parametrize("name", [KEY, "k1", "alias/docs", f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/docs"])
def test_a_key_is_found_by_id_arn_and_alias(name: str) -> None:
    asked = account(role(allow("kms:Decrypt", KEY)), key())
    assert ask(asked, Request(ROLE, "kms:Decrypt", name)).allowed


def test_an_alias_arn_in_resource_does_not_authorise_the_key() -> None:
    alias = f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/docs"
    assert ask(account(role(allow("kms:Decrypt", alias)), key()), Request(ROLE, "kms:Decrypt", alias)).denied


@pytest.mark.parametrize("name", ["alias/docs", f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/docs"])
def test_an_alias_and_its_key_are_two_authorisations(name: str) -> None:
    alias = f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/docs"
    closed = key(allow("kms:DeleteAlias", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:user/admin"}))
    asked = account(role(allow("kms:*", "*")), closed)
    of_alias, of_key = whole_call(asked, Request(ROLE, "kms:DeleteAlias", name))
    assert (of_alias.resource, of_key.resource) == (alias, KEY)
    assert ask(asked, of_alias).allowed
    assert ask(asked, of_key).denied
    (made,) = whole_call(asked, Request(ROLE, "kms:CreateAlias", "alias/new"))
    assert ask(asked, made).allowed


def test_a_key_policy_that_grants_nobody_says_so() -> None:
    closed = key(allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:user/admin"}))
    decision = ask(account(role(allow("kms:Decrypt", KEY)), closed), Request(ROLE, "kms:Decrypt", KEY))
    assert decision.outcome is Outcome.IMPLICIT_DENY
    assert decision.lacking[0].startswith("resource: ")
    assert "the key policy has no statement for kms:Decrypt that names the caller or delegates" in decision.why
    assert Origin("Key", ("Properties", "KeyPolicy")) in decision.about


def test_grants_of_a_key_count() -> None:
    granted = key(
        allow("kms:*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:user/admin"}),
        grants=(Grant(grant_id="g", grantee=ROLE, operations=("Decrypt",)),),
    )
    assert ask(account(role(), granted), Request(ROLE, "kms:Decrypt", KEY)).allowed
    assert ask(account(role(), granted), Request(ROLE, "kms:Encrypt", KEY)).denied


def test_deciding_statements_have_their_origins() -> None:
    decision = ask(account(role(allow("logs:*"), allow("s3:*")), bucket()), READ)
    assert decision.by[0].origin == Origin("Reader", ("Properties", "Policies", 0, "Statement", 1))
    denied = ask(account(role(deny("s3:*")), bucket()), READ)
    assert denied.by[0].origin == Origin("Reader", ("Properties", "Policies", 0, "Statement", 0))
    assert denied.outcome is Outcome.EXPLICIT_DENY


def test_what_the_account_does_not_show_is_unknown() -> None:
    asked = account(role(allow("s3:*")), bucket())
    stranger = ask(asked, Request(f"arn:aws:iam::{ACCOUNT}:role/elsewhere", "s3:GetObject", OBJECT))
    elsewhere = ask(asked, Request(ROLE, "s3:GetObject", "arn:aws:s3:::other/a"))
    assert stranger.outcome is elsewhere.outcome is Outcome.UNKNOWN
    assert "elsewhere" in stranger.why
    assert "other" in elsewhere.why


def test_an_explicit_deny_settles_what_is_unknown() -> None:
    closed = bucket(deny("s3:*", Principal="*", Condition={"Bool": {"aws:SecureTransport": "false"}}))
    request = Request(FOREIGN, "s3:GetObject", OBJECT, ACCOUNT, {"aws:securetransport": "false"})
    assert ask(account(closed), request).outcome is Outcome.EXPLICIT_DENY
    plain = Request(FOREIGN, "s3:GetObject", OBJECT, ACCOUNT)
    assert ask(account(closed), plain).outcome is Outcome.IMPLICIT_DENY  # no statement lets it in


def test_a_foreign_resource_is_unknown_unless_the_identity_lacks() -> None:
    foreign = f"arn:aws:kms:{REGION}:999999999999:key/k"
    assert ask(account(role(allow("kms:*"))), Request(ROLE, "kms:Decrypt", foreign)).outcome is Outcome.UNKNOWN
    assert ask(account(role()), Request(ROLE, "kms:Decrypt", foreign)).outcome is Outcome.IMPLICIT_DENY


@pytest.mark.parametrize(
    ("what", "name"),
    [
        ("iam.role.inline", "reader"),
        ("iam.role.attached", None),
        ("iam.boundary", "reader"),
        ("s3.bucket.policy", "docs"),
    ],
)
def test_what_could_not_be_read_is_unknown(what: str, name: str | None) -> None:
    unread = (Unread(what=what, name=name, reason="refused"),)
    decision = ask(account(role(allow("s3:*")), bucket(), unread=unread), READ)
    assert decision.outcome is Outcome.UNKNOWN
    assert "refused" in decision.why


def test_what_could_not_be_read_of_others_does_not_matter() -> None:
    unread = (
        Unread(what="iam.role.inline", name="other", reason="refused"),
        Unread(what="s3.bucket.policy", name="other", reason="refused"),
        Unread(what="iam.roles", reason="one of them is odd"),
    )
    assert ask(account(role(allow("s3:*")), bucket(), unread=unread), READ).allowed


UNCERTAIN = [
    (("Statement", 0, "Resource"), Outcome.UNKNOWN),
    (("Statement", 0, "Resource", 0), Outcome.UNKNOWN),
    (("Statement", 0, "Action"), Outcome.UNKNOWN),
    (("Statement", 0, "Effect"), Outcome.UNKNOWN),
    (("Statement", 0, "Condition", "StringEquals", "aws:PrincipalAccount"), Outcome.UNKNOWN),
    (("Statement", 0), Outcome.UNKNOWN),
    (("Statement",), Outcome.UNKNOWN),
    ((), Outcome.UNKNOWN),
    (("Statement", 1, "Resource"), Outcome.ALLOWED),
]


@pytest.mark.parametrize(("path", "outcome"), UNCERTAIN)
def test_an_uncertain_part_makes_the_match_unknown(path: tuple[str | int, ...], outcome: Outcome) -> None:
    statement = allow("s3:GetObject", [f"{BUCKET}/*"], Condition={"StringEquals": {"aws:PrincipalAccount": ACCOUNT}})
    unsure = policy(statement, allow("logs:*"), uncertain=((path, "parameter Docs has no value"),))
    asked = account(role().model_copy(update={"inline": (unsure,)}), bucket())
    decision = ask(asked, READ)
    assert decision.outcome is outcome
    assert outcome is Outcome.ALLOWED or decision.reasons == ("parameter Docs has no value",)


def test_an_uncertain_part_that_cannot_matter_does_not() -> None:
    unsure = policy(
        allow("s3:GetObject", ["arn:aws:s3:::x/*", f"{BUCKET}/*"]),
        uncertain=((("Statement", 0, "Resource", 0), "not known"),),
    )
    asked = account(role().model_copy(update={"inline": (unsure,)}), bucket())
    assert ask(asked, READ).allowed
    assert ask(asked, Request(ROLE, "s3:PutObject", OBJECT)).denied


def test_an_uncertain_principal_is_unknown() -> None:
    unsure = policy(
        allow("kms:*", Principal={"AWS": "placeholder"}),
        name="key policy",
        uncertain=((("Statement", 0, "Principal", "AWS"), "parameter Admin has no value"),),
    )
    closed = key().model_copy(update={"policy": unsure})
    decision = ask(account(role(allow("kms:*")), closed), Request(ROLE, "kms:Decrypt", KEY))
    assert decision.reasons == ("parameter Admin has no value",)


def test_the_endpoint_policy_counts_only_through_the_endpoint() -> None:
    narrow = ENDPOINT.model_copy(update={"policy": policy(allow("s3:*", "arn:aws:s3:::other/*", Principal="*"))})
    asked = account(role(allow("s3:*")), bucket())
    assert ask(asked, READ).allowed
    assert ask(asked, READ, via=ENDPOINT).allowed
    decision = ask(asked, READ, via=narrow)
    assert decision.outcome is Outcome.IMPLICIT_DENY
    assert [layer.outcome for layer in decision.layers if layer.layer == "endpoint"] == [Outcome.IMPLICIT_DENY]


def test_a_deny_outside_the_endpoint_is_told_by_the_way() -> None:
    confined = bucket(deny("s3:*", Principal="*", Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}))
    asked = account(role(allow("s3:*")), confined)
    assert ask(asked, READ, via=ENDPOINT).allowed
    assert ask(asked, READ).outcome is Outcome.EXPLICIT_DENY


def test_a_call_on_the_callers_behalf_does_not_pass_the_endpoint() -> None:
    narrow = ENDPOINT.model_copy(update={"policy": policy(allow("s3:*", Principal="*"))})
    request = Request(ROLE, "kms:Decrypt", KEY, context={"kms:viaservice": f"s3.{REGION}.amazonaws.com"})
    assert ask(account(role(allow("kms:*")), key()), request, via=narrow).allowed


def test_organisation_policies_limit_their_own_members() -> None:
    asked = account(role(allow("s3:*")), bucket(allow("s3:*", Principal={"AWS": FOREIGN})))
    scps = ((policy(allow("ec2:*")),),)
    assert ask(asked, READ, scps=scps).outcome is Outcome.IMPLICIT_DENY
    assert ask(asked, Request(FOREIGN, "s3:GetObject", OBJECT), scps=scps).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("grant", "ownership", "block", "outcome"),
    [
        ("http://acs.amazonaws.com/groups/global/AllUsers READ", "ObjectWriter", None, Outcome.ALLOWED),
        ("http://acs.amazonaws.com/groups/global/AllUsers WRITE", "ObjectWriter", None, Outcome.IMPLICIT_DENY),
        ("http://acs.amazonaws.com/groups/global/AllUsers READ", "BucketOwnerEnforced", None, Outcome.IMPLICIT_DENY),
        (
            "http://acs.amazonaws.com/groups/global/AllUsers READ",
            "ObjectWriter",
            PublicAccessBlock(ignore_public_acls=True),
            Outcome.IMPLICIT_DENY,
        ),
        ("http://acs.amazonaws.com/groups/global/AuthenticatedUsers READ", "ObjectWriter", None, Outcome.IMPLICIT_DENY),
    ],
)
def test_public_acls_let_anybody_list(
    grant: str, ownership: str, block: PublicAccessBlock | None, outcome: Outcome
) -> None:
    public = bucket(acl_grants=(grant,), object_ownership=ownership, public_access_block=block)
    assert ask(account(public), Request("*", "s3:ListBucket", BUCKET)).outcome is outcome


def test_block_public_access_keeps_strangers_out() -> None:
    public = bucket(
        allow("s3:GetObject", f"{BUCKET}/*", Principal="*"),
        public_access_block=PublicAccessBlock(restrict_public_buckets=True),
    )
    assert ask(account(public), Request("*", "s3:GetObject", OBJECT)).denied
    opened = bucket(allow("s3:GetObject", f"{BUCKET}/*", Principal="*"))
    assert ask(account(opened), Request("*", "s3:GetObject", OBJECT)).allowed


def test_policies_for_answers_what_ask_decides() -> None:
    asked = account(role(allow("s3:*")), bucket())
    assert decide(READ, policies_for(asked, READ)).outcome is Outcome.UNKNOWN  # nobody said whose bucket it is
    owned = Request(ROLE, "s3:GetObject", OBJECT, ACCOUNT)
    assert decide(owned, policies_for(asked, owned)).allowed


def test_who_else_can() -> None:
    shared = bucket(allow("s3:GetObject", f"{BUCKET}/*", Principal={"AWS": "*"}))
    found = dict(principals_with_access(account(role(), shared), "s3:GetObject", OBJECT))
    assert set(found) == {ROLE, f"arn:aws:iam::{ACCOUNT}:root", "*", "any principal of another account"}
    private = dict(principals_with_access(account(role(), bucket()), "s3:GetObject", OBJECT))
    assert set(private) == {f"arn:aws:iam::{ACCOUNT}:root"}


def test_a_call_is_allowed_where_all_of_it_is() -> None:
    asked = account(role(allow("s3:GetObject")), bucket())
    allowed, denied = ask(asked, READ), ask(asked, Request(ROLE, "s3:PutObject", OBJECT))
    unknown = ask(asked, Request(ROLE, "s3:GetObject", "arn:aws:s3:::other/a"))
    explicit = ask(account(role(deny("s3:*")), bucket()), READ)
    assert all_allowed([allowed, unknown, denied, explicit]) is explicit
    assert all_allowed([allowed, unknown, denied]) is denied
    assert all_allowed([allowed, unknown]) is unknown
    assert all_allowed([allowed, allowed]) is allowed
    assert all_allowed([]).allowed
