"""The reasons of a decision: what each layer said, which statements decided, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from scenarios.access.algebra import FALSE, TRUE, Truth
from scenarios.access.asked import Asked
from scenarios.access.caller import Kind
from scenarios.access.decision import Decision, LayerResult, Outcome, StatementRef
from scenarios.access.formula import Case, Layer, Layers, Match
from scenarios.access.granting import granting
from scenarios.access.miss import Miss, near_miss
from scenarios.access.policies import PolicySet
from scenarios.access.words import layer_words, statement_words
from scenarios.account.base import Policy
from scenarios.finding import Origin


class Story:
    """Tells one decision."""

    def __init__(self, asked: Asked, policies: PolicySet, case: Case[Truth], layers: Layers[Truth]) -> None:
        self._asked = asked
        self._policies = policies
        self._case = case
        self._layers = layers
        self._misses: dict[str, Miss] = {}

    def allowed(self) -> Decision:
        """Allowed: by the statements of the layers that grant."""
        by = tuple(ref for refs in self._taking.values() for ref in refs)
        return self._decision(Outcome.ALLOWED, self._why_allowed(by), by)

    def explicit_deny(self) -> Decision:
        """Denied by statements that say so."""
        by = tuple(ref for layer in self._layers.in_order() for ref in _refs(layer, "denies"))
        words = statement_words(by[0], self._policies) if by else "a policy"
        return self._decision(Outcome.EXPLICIT_DENY, f"{words} denies {self._request}", by)

    def implicit_deny(self, never: str | None = None) -> Decision:
        """Denied since no policy that has to allow it does, or since none can (`never` says why)."""
        if never is not None:
            return self._decision(Outcome.IMPLICIT_DENY, never, ())
        lacking = tuple(self._lacking())
        return self._decision(Outcome.IMPLICIT_DENY, "; ".join(one.partition(": ")[2] for one in lacking), (), lacking)

    def unknown(self, reasons: tuple[str, ...]) -> Decision:
        """Not decided; `by` are the statements that allow it or may deny it."""
        by = tuple(
            ref for layer in self._layers.in_order() for ref in (*_refs(layer, "denies"), *_refs(layer, "allows"))
        )
        return self._decision(Outcome.UNKNOWN, "; ".join(reasons), by, tuple(self._lacking()), reasons)

    @property
    def _request(self) -> str:
        return f"{self._asked.request.action} on {self._asked.request.resource}"

    def _decision(
        self,
        outcome: Outcome,
        why: str,
        by: tuple[StatementRef, ...],
        lacking: tuple[str, ...] = (),
        reasons: tuple[str, ...] = (),
    ) -> Decision:
        return Decision(outcome, why, self._results, by, lacking, reasons, self._about(by))

    @cached_property
    def _results(self) -> tuple[LayerResult, ...]:
        return tuple(self._result(layer) for layer in self._layers.in_order())

    def _result(self, layer: Layer[Truth]) -> LayerResult:
        outcome = outcome_of(layer)
        words = layer_words(layer.name, self._policies)
        if outcome is Outcome.EXPLICIT_DENY:
            refs = _refs(layer, "denies")
            return LayerResult(layer.name, outcome, f"{_named(refs, words)} denies it", refs)
        if outcome is Outcome.ALLOWED:
            refs = self._taking.get(layer.name) or _refs(layer, "allows")
            return LayerResult(layer.name, outcome, self._why_layer_allows(layer.name, refs, words), refs)
        if outcome is Outcome.UNKNOWN:
            reasons = dict.fromkeys((*layer.denied.reasons, *layer.allowed.reasons))
            refs = (*_refs(layer, "denies"), *_refs(layer, "allows"))
            return LayerResult(layer.name, outcome, f"{words}: {'; '.join(reasons)}", refs)
        if layer.name.startswith("rcp."):
            return LayerResult(layer.name, Outcome.ALLOWED, f"{words} denies nothing here")
        miss = self._miss(layer.name)
        refs = (miss.statement,) if miss.statement else ()
        own = [policy.origin for policy in self._policies.of_layer(layer.name)]
        return LayerResult(layer.name, outcome, miss.words, refs, miss.condition, next(filter(None, own), None))

    def _why_layer_allows(self, layer: str, refs: tuple[StatementRef, ...], words: str) -> str:
        if layer == "identity" and self._asked.caller.kind is Kind.ROOT:
            return "the account's root user needs no identity policy"
        return f"{_named(refs, words)} allows it"

    def _miss(self, layer: str) -> Miss:
        if layer not in self._misses:
            self._misses[layer] = near_miss(self._asked, self._policies, layer)
        return self._misses[layer]

    @cached_property
    def _taking(self) -> dict[str, tuple[StatementRef, ...]]:
        """The layers whose allow grants, by name, each with the statements that do."""
        parts = granting(self._asked, self._case, self._layers, lambda truth: truth is TRUE)
        return {layer.name: tuple(_ref(layer.name, match) for match in taking) for layer, taking in parts}

    def _why_allowed(self, by: tuple[StatementRef, ...]) -> str:
        if by:
            return f"{statement_words(by[0], self._policies)} allows {self._request}"
        if self._asked.caller.kind is Kind.ROOT:
            return f"the account's root user needs no identity policy for {self._request}"
        granting_layer = next(iter(self._taking), None)
        words = layer_words(granting_layer, self._policies) if granting_layer else "AWS"
        return f"{words} allows {self._request}"

    def _lacking(self) -> Iterator[str]:
        """Each layer that has to allow the request and does not, as `layer: what it lacks`."""
        for layer in self._needed():
            if layer.allowed is FALSE:
                yield f"{layer.name}: {self._miss(layer.name).words}"
        if self._layers.resource is None and self._resource_needed():
            yield f"resource: {self._asked.request.resource} has no policy that names the caller"

    def _needed(self) -> Iterator[Layer[Truth]]:
        """The layers that have to allow. Within one account, where either suffices, the identity policies are named."""
        layers, case = self._layers, self._case
        if layers.resource and self._resource_needed():
            yield layers.resource
        if case.has_identity and layers.identity and not self._only_resource_named():
            yield layers.identity
        limits = (layers.boundary, layers.session, *layers.scps, layers.endpoint, layers.public_block)
        yield from (layer for layer in limits if layer is not None)

    def _resource_needed(self) -> bool:
        return not self._case.has_identity or self._case.strict or self._case.same_account is not TRUE

    def _only_resource_named(self) -> bool:
        """Whether the role is granted access by name, so that its identity policies are not what is lacking."""
        resource = self._layers.resource
        return bool(resource and self._case.same_account is TRUE and TRUE in (resource.direct, resource.role))

    def _about(self, by: tuple[StatementRef, ...]) -> tuple[Origin, ...]:
        """The origins of every policy consulted, and of the deciding statements."""
        origins = [*(ref.origin for ref in by), *(policy.origin for policy in self._consulted())]
        return tuple(dict.fromkeys(origin for origin in origins if origin is not None))

    def _consulted(self) -> Iterator[Policy]:
        policies = self._policies
        yield from policies.identity
        yield from policies.resources
        single = (policies.boundary, policies.session, policies.endpoint)
        yield from (policy for policy in single if policy is not None)
        yield from (policy for level in (*policies.scps, *policies.rcps) for policy in level)


def outcome_of(layer: Layer[Truth]) -> Outcome:
    """What a layer says by itself."""
    if layer.denied is TRUE:
        return Outcome.EXPLICIT_DENY
    if layer.denied is not FALSE or layer.allowed.value is None:
        return Outcome.UNKNOWN
    return Outcome.ALLOWED if layer.allowed is TRUE else Outcome.IMPLICIT_DENY


def _refs(layer: Layer[Truth], effect: str) -> tuple[StatementRef, ...]:
    """References to the layer's statements of one effect: the certain ones, or else those that may apply."""
    found = [match for match in layer.matches if getattr(match, effect) is not FALSE]
    sure = [match for match in found if getattr(match, effect) is TRUE]
    return tuple(_ref(layer.name, match) for match in sure or found)


def _ref(layer: str, match: Match[Truth]) -> StatementRef:
    return statement_ref(layer, match.policy, match.statement.index, match.statement.label, allow=match.statement.allow)


def statement_ref(layer: str, policy: Policy, index: int, label: str, *, allow: bool) -> StatementRef:
    """The reference to a statement of a policy."""
    effect = "Allow" if allow else "Deny"
    return StatementRef(layer, policy.name, label, effect, policy.statement_origin(index))


def _named(refs: tuple[StatementRef, ...], words: str) -> str:
    return f"statement {refs[0].statement} of {refs[0].policy}" if refs else words
