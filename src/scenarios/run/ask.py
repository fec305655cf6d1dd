"""A question about one request, asked of a template: `scenarios ask`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from scenarios.access import (
    Change,
    Decision,
    Outcome,
    Request,
    all_allowed,
    decide,
    policies_for,
    smallest_change,
    whole_call,
)
from scenarios.access.action import one_action
from scenarios.access.policies import Levels
from scenarios.access.request import ContextValue
from scenarios.account import Account
from scenarios.account.base import Policy
from scenarios.account.network import Endpoint
from scenarios.deployment.deployment import Deployment
from scenarios.finding import Judgement, Origin, Position, Verdict
from scenarios.run.doubt import Doubt
from scenarios.run.judge import deploy_and_observe
from scenarios.run.names import Names
from scenarios.run.options import Options
from scenarios.template import Template


@dataclass(frozen=True)
class Question:
    """Who asks for what, in a person's names; `scps` and `rcps` are the organisation's policies, root first."""

    principal: str
    action: str
    resource: str
    via: str | None = None
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

    @property
    def whole(self) -> Decision:
        """The decision on the call as a whole."""
        return all_allowed(one.decision for one in (self.first, *self.further))

    def position(self, origin: Origin) -> Position:
        """Where an origin stands in the template."""
        return self.deployment.position(origin)


def ask_template(template: Template, question: Question, options: Options) -> Answer:
    """Deploy the template and decide the request, with the context that AWS would fill in.

    Raises InputError for what is no action, for a name that the template does not have, and as a deployment does.
    """
    one_action(question.action)
    deployment, account = deploy_and_observe(template, options)
    names = Names(deployment, account)
    via = names.endpoint(question.via) if question.via else None
    action, resource = question.action, names.resource(question.resource, question.action)
    request = Request(names.principal(question.principal), action, resource, None, question.context)
    asked = _Asker(account, question, via, Doubt(deployment, account.unread), deployment)
    first, *further = (asked.decided(one) for one in whole_call(account, request, via))
    return Answer(first, tuple(further), deployment, via)


@dataclass(frozen=True)
class _Asker:
    account: Account
    question: Question
    via: Endpoint | None
    doubt: Doubt
    deployment: Deployment

    def decided(self, request: Request) -> Authorisation:
        """The organisation's policies limit each of the call's authorisations; a session's only its own caller's."""
        question = self.question
        via = None if "kms:viaservice" in request.context else self.via
        policies = policies_for(
            self.account, request, via, session=question.session, scps=question.scps, rcps=question.rcps
        )
        decision = self._doubted(decide(request, policies), request)
        changes = smallest_change(request, policies) if decision.denied else ()
        return Authorisation(request, decision, changes)

    def _doubted(self, decision: Decision, request: Request) -> Decision:
        """Unknown where something that the decision hangs on was not deployed."""
        types = {entry.type for entry in self.deployment.ledger}
        wholes = tuple(dict.fromkeys(Origin(origin.logical_id) for origin in self._about(decision, request)))
        reason = self.doubt.about(Judgement(Verdict.HOLDS, None, "", wholes), types)
        if reason is None or decision.outcome is Outcome.UNKNOWN:
            return decision
        return replace(decision, outcome=Outcome.UNKNOWN, why=f"not decided: {reason}", reasons=(reason,))

    def _about(self, decision: Decision, request: Request) -> tuple[Origin, ...]:
        """The policies that were consulted, and the role and the resource themselves."""
        named = (self.deployment.origins.exact(arn) for arn in (request.issuer or request.principal, request.resource))
        return (*decision.about, *(origin for origin in named if origin is not None))
