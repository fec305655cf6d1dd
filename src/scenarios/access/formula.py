"""The decision as one formula, written over an algebra.

It says what AWS's pages say of how policies combine, and nothing about how truth is represented: run over `Ternary` it
decides one request, run over circuits it speaks of all of them. A `World` supplies the leaves.

Sources: "Policy evaluation logic", "Policy evaluation for requests within a single account", "Cross-account policy
evaluation logic", https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html; "Key
policies in AWS KMS", https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, Protocol

from scenarios.access.algebra import Algebra, T
from scenarios.access.condition import Clause
from scenarios.access.principal import Naming
from scenarios.access.statement import Document, Statement
from scenarios.account.base import Policy


class World(Algebra[T], Protocol[T]):
    """An algebra with the leaves of the formula: what one statement says of the request."""

    def statements(self, document: Document) -> Iterable[Statement]:
        """The statements to look at; those that cannot be about the action may be left out."""
        ...

    def action(self, statement: Statement) -> T: ...

    def resource(self, statement: Statement) -> T: ...

    def condition(self, clause: Clause) -> T: ...

    def certain(self, statement: Statement) -> T:
        """Whether the statement stands in the policy at all."""
        ...

    def unsure(self, reason: str) -> T:
        """The truth of something that cannot be read."""
        ...


class Match(NamedTuple, Generic[T]):
    """A statement that may apply: the policy that holds it, the truth of it, and which effect it has then."""

    policy: Policy
    statement: Statement
    allows: T
    denies: T


class Layer(NamedTuple, Generic[T]):
    """What the policies of one layer say: the ways of allowing, and whether they deny."""

    name: str
    matches: tuple[Match[T], ...]
    direct: T
    role: T
    account: T
    denied: T
    allowed: T


class Layers(NamedTuple, Generic[T]):
    """All layers of a decision; those that do not take part are absent."""

    identity: Layer[T] | None = None
    resource: Layer[T] | None = None
    grants: Layer[T] | None = None
    boundary: Layer[T] | None = None
    session: Layer[T] | None = None
    scps: tuple[Layer[T], ...] = ()
    rcps: tuple[Layer[T], ...] = ()
    endpoint: Layer[T] | None = None
    public_block: Layer[T] | None = None

    def in_order(self) -> list[Layer[T]]:
        """Those that take part, in the order in which AWS's page goes through them."""
        single = (
            self.endpoint,
            self.public_block,
            self.resource,
            self.grants,
            self.identity,
            self.boundary,
            self.session,
        )
        return [*self.rcps, *self.scps, *(layer for layer in single if layer is not None)]


class Case(NamedTuple, Generic[T]):
    """How the caller stands to the resource: whether it belongs to an account (identity policies can apply), whether
    that is the resource's, and whether the resource's policy is needed even then (`strict`: KMS keys, role trust)."""

    has_identity: bool
    same_account: T
    strict: bool


def applies(world: World[T], statement: Statement) -> T:
    """Whether a statement is about the request, its principal aside."""
    return world.all_of(_elements(world, statement))


def _elements(world: World[T], statement: Statement) -> Iterator[T]:
    yield world.resource(statement)
    yield world.action(statement)
    for clause in statement.conditions:
        yield world.condition(clause)
    yield world.certain(statement)


Readings = Iterable[tuple[Policy, Document]]


def own_layer(world: World[T], name: str, readings: Readings) -> Layer[T]:
    """A layer of policies that are the caller's own (identity, boundary, session, SCP) and name no principal."""
    matches: list[Match[T]] = []
    doubts: list[T] = []
    for policy, statement in _statements(world, readings, doubts):
        body = applies(world, statement)
        if body is not world.false:
            matches.append(_match(world, policy, statement, body))
    allowed = world.any_of([match.allows for match in matches] + doubts)
    denied = world.any_of([match.denies for match in matches] + doubts)
    return Layer(name, tuple(matches), allowed, world.false, world.false, denied, allowed)


def naming_layer(world: World[T], name: str, readings: Readings, naming: Callable[[Statement], Naming[T]]) -> Layer[T]:
    """A layer of policies that name principals; `naming` says how a statement names the caller."""
    matches: list[Match[T]] = []
    doubts: list[T] = []
    ways: tuple[list[T], list[T], list[T]] = ([], [], [])
    for policy, statement in _statements(world, readings, doubts):
        named = naming(statement).parts()
        somehow = world.any_of(named)
        if somehow is world.false or (body := applies(world, statement)) is world.false:
            continue
        match = _match(world, policy, statement, world.all_of((somehow, body)))
        matches.append(match)
        if match.allows is not world.false:
            for way, part in zip(ways, named, strict=True):
                way.append(world.all_of((part, body)))
    direct, role, account = (world.any_of(way + doubts) for way in ways)
    denied = world.any_of([match.denies for match in matches] + doubts)
    return Layer(name, tuple(matches), direct, role, account, denied, world.any_of((direct, role, account)))


def _statements(world: World[T], readings: Readings, doubts: list[T]) -> Iterator[tuple[Policy, Statement]]:
    """The statements to look at; a document that cannot be read adds to `doubts` instead."""
    for policy, document in readings:
        if document.doubt is not None:
            doubts.append(world.unsure(document.doubt))
        else:
            for statement in world.statements(document):
                yield policy, statement


def _match(world: World[T], policy: Policy, statement: Statement, whole: T) -> Match[T]:
    allows = whole if statement.allow or statement.either_effect else world.false
    denies = whole if not statement.allow or statement.either_effect else world.false
    return Match(policy, statement, allows, denies)


def granted(world: World[T], case: Case[T], layers: Layers[T]) -> T:
    """Whether some policy grants the request, before the account's organisation and the endpoint limit it."""
    nothing = world.false
    resource = layers.resource
    direct, role, account = (resource.direct, resource.role, resource.account) if resource else (nothing,) * 3
    if not case.has_identity:
        return direct
    by_grant = layers.grants.allowed if layers.grants else nothing
    limits = [layer.allowed for layer in (layers.boundary, layers.session) if layer]
    identity = world.all_of([layers.identity.allowed if layers.identity else nothing, *limits])

    named = world.any_of((direct, by_grant, world.all_of([role, *limits])))
    delegated = world.all_of((account, identity)) if case.strict else identity
    same = world.any_of((named, delegated))
    if case.same_account is world.true:
        return same
    cross = world.all_of((world.any_of((direct, role, account, by_grant)), identity))
    return world.choose(case.same_account, same, cross)


def denied(world: World[T], layers: Layers[T]) -> T:
    """Whether some statement denies the request, in whichever layer."""
    return world.any_of([layer.denied for layer in layers.in_order()])


def within(world: World[T], layers: Layers[T], granted: T, denied: T) -> T:
    """The decision: granted, within every limit, and denied by nobody."""
    limits = [layer.allowed for layer in layers.scps]
    limits += [layer.allowed for layer in (layers.endpoint, layers.public_block) if layer]
    return world.all_of([granted, *limits, world.negate(denied)])
