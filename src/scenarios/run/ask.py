"""A question about one request, asked of a template: `scenarios ask`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scenarios.access import (
    Change,
    Decision,
    Outcome,
    Request,
    all_allowed,
    policies_for,
    smallest_change,
    whole_call,
)
from scenarios.access.action import doubtful, misfit, one_action
from scenarios.access.policies import Levels
from scenarios.access.request import ContextValue
from scenarios.account import Account
from scenarios.account.base import Policy
from scenarios.account.network import Endpoint
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.recorded import is_custom, is_module
from scenarios.effective import call_destination, decide_from, endpoint_of, subnets_of
from scenarios.errors import InputError
from scenarios.finding import Judgement, Origin, Position, Verdict
from scenarios.network import Blocked, Trace, Undecided, trace
from scenarios.run.doubt import Doubt
from scenarios.run.judge import deploy_and_observe
from scenarios.run.names import Names
from scenarios.run.options import Options
from scenarios.template import Template

_ADDING = frozenset(
    {
        *(f"AWS::IAM::{one}" for one in ("Role", "User", "Group", "UserToGroupAddition", "ManagedPolicy")),
        *(f"AWS::IAM::{one}" for one in ("Policy", "RolePolicy", "UserPolicy", "GroupPolicy")),
        *("AWS::S3::BucketPolicy", "AWS::S3::AccessPoint"),
        *("AWS::KMS::Key", "AWS::KMS::Alias", "AWS::KMS::ReplicaKey"),
        *("AWS::SQS::QueuePolicy", "AWS::SQS::QueueInlinePolicy"),
        *("AWS::SNS::TopicPolicy", "AWS::SNS::TopicInlinePolicy"),
        *("AWS::Lambda::Permission", "AWS::SecretsManager::ResourcePolicy", "AWS::ECR::Repository"),
        *("AWS::Logs::ResourcePolicy", "AWS::OpenSearchServerless::AccessPolicy"),
        *("AWS::CloudFormation::Stack", "AWS::CloudFormation::StackSet"),
        *("AWS::ServiceCatalog::CloudFormationProvisionedProduct", "AWS::Serverless::Application"),
    }
)
"""Types that may add a policy to a role or a resource that they refer to, or hold resources that do."""


@dataclass(frozen=True)
class Question:
    """Who asks for what, in a person's names; `scps` and `rcps` are the organisation's policies, root first.

    `source` is a workload from which the request comes, by whichever way its network has."""

    principal: str
    action: str
    resource: str
    via: str | None = None
    source: str | None = None
    context: Mapping[str, ContextValue] = field(default_factory=dict)
    session: Policy | None = None
    scps: Levels = ()
    rcps: Levels = ()


@dataclass(frozen=True)
class Authorisation:
    """One authorisation of the call, decided. `changes` are the fewest that would allow what is denied."""

    request: Request
    decision: Decision
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The answer to a question: to the request itself, and to what else the same API call takes."""

    first: Authorisation
    further: tuple[Authorisation, ...]
    deployment: Deployment
    via: Endpoint | None = None
    note: str | None = None  # what is odd about the question
    way: Trace | None = None  # the network's way, where the request comes from a workload

    @property
    def whole(self) -> Decision:
        """The decision on the call as a whole: a request that does not get there is not allowed."""
        decided = all_allowed(one.decision for one in (self.first, *self.further))
        if isinstance(self.way, Blocked):
            return replace(decided, outcome=Outcome.IMPLICIT_DENY, why=f"it does not get there: {self.way.why}", by=())
        if isinstance(self.way, Undecided):
            return replace(decided, outcome=Outcome.UNKNOWN, why=self.way.why, by=(), reasons=(self.way.why,))
        return decided

    def position(self, origin: Origin) -> Position:
        """Where an origin stands, with the file."""
        return self.deployment.position(origin)


def ask_template(template: Template, question: Question, options: Options) -> Answer:
    """Deploy the template and decide the request, with the context that AWS would fill in.

    Raises InputError for what is no action or none on this resource, for a name that the template does not have, and as
    a deployment does.
    """
    one_action(question.action)
    deployment, account = deploy_and_observe(template, options)
    names = Names(deployment, account)
    workload = names.workload(question.source) if question.source else None
    way = trace(account, workload, call_destination(question.action)) if workload else None
    via = names.endpoint(question.via) if question.via else endpoint_of(account, way) if way else None
    action, resource = question.action, names.resource(question.resource, question.action)
    if cause := misfit(action, resource):
        raise InputError(cause)
    request = Request(names.principal(question.principal), action, resource, None, question.context)
    subnets = subnets_of(account, workload) if workload and via else ()
    asked = _Asker(account, question, via, Doubt(deployment, account.unread), deployment, subnets)
    first, *further = (asked.decided(one) for one in whole_call(account, request, via))
    return Answer(first, tuple(further), deployment, via, doubtful(action, resource), way)


@dataclass(frozen=True)
class _Asker:
    account: Account
    question: Question
    via: Endpoint | None
    doubt: Doubt
    deployment: Deployment
    subnets: tuple[str, ...]

    def decided(self, request: Request) -> Authorisation:
        """The organisation's policies limit each of the call's authorisations; a session's only its own caller's."""
        question = self.question
        via = None if "kms:viaservice" in request.context else self.via
        policies = policies_for(
            self.account, request, via, session=question.session, scps=question.scps, rcps=question.rcps
        )
        decision = self._doubted(decide_from(request, policies, self.subnets), request)
        changes = smallest_change(request, policies) if decision.denied else ()
        return Authorisation(request, decision, changes)

    def _doubted(self, decision: Decision, request: Request) -> Decision:
        """Unknown where something that the decision hangs on was not deployed."""
        reason = self._doubt(decision, request)
        if reason is None or decision.outcome is Outcome.UNKNOWN:
            return decision
        return replace(decision, outcome=Outcome.UNKNOWN, why=f"not decided: {reason}", reasons=(reason,))

    def _doubt(self, decision: Decision, request: Request) -> str | None:
        """An explicit deny hangs on nothing but what denies: no further policy takes it back."""
        if decision.outcome is Outcome.EXPLICIT_DENY:
            denying = _wholes(ref.origin for ref in decision.by)
            return self.doubt.about(Judgement(Verdict.VIOLATED, None, "", denying), ())
        wholes = _wholes(self._about(decision, request))
        own = {origin.logical_id for origin in wholes}
        ledger = self.deployment.ledger
        types = {entry.type for entry in ledger if entry.logical_id in own or self._may_add_policy(entry.type)}
        return self.doubt.about(Judgement(Verdict.HOLDS, None, "", wholes), types)

    def _may_add_policy(self, kind: str) -> bool:
        """Whether a resource of this type may add a policy to what it refers to; the code of one that is not AWS's may
        do anything."""
        if kind == "AWS::EC2::VPCEndpoint":
            return self.via is not None
        return kind in _ADDING or is_custom(kind) or is_module(kind) or not kind.startswith("AWS::")

    def _about(self, decision: Decision, request: Request) -> tuple[Origin, ...]:
        """The policies that were consulted, and the role and the resource themselves."""
        bucket = request.resource.partition("/")[0] if ":s3:::" in request.resource else request.resource
        named = (self.deployment.origins.exact(arn) for arn in (request.issuer or request.principal, bucket))
        return (*decision.about, *(origin for origin in named if origin is not None))


def _wholes(origins: Iterable[Origin | None]) -> tuple[Origin, ...]:
    """The whole resources that origins lie in."""
    return tuple(dict.fromkeys(Origin(origin.logical_id) for origin in origins if origin is not None))
