"""Principals outside the account, to ask whether a policy lets them in, by itself or through a role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from scenarios.access import Decision, Outcome, Request, ask, assumable
from scenarios.access.openings import ANYBODY, OUTSIDER, openings
from scenarios.access.request import ContextValue
from scenarios.account import Account, Fact, Policy
from scenarios.account.iam import Role
from scenarios.finding import Judgement, Origin, Verdict
from scenarios.rules.decisions import judgement, layer_outcome
from scenarios.rules.rule import holds
from scenarios.rules.scope import Scope

FOREIGN_ACCOUNT = OUTSIDER
ANONYMOUS = ANYBODY

_ASSUME = ("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML")
_SIGNED = ("sts", "kms")

Calls = Iterable[tuple[str, str]]


def foreign_role(account: Account) -> str:
    """A role of an account that nobody here knows."""
    return f"arn:{account.partition}:iam::{FOREIGN_ACCOUNT}:role/stranger"


@dataclass(frozen=True)
class LetIn:
    """A request from outside that a resource's own policy does not keep out; `sure` where that is certain."""

    request: Request
    decision: Decision
    sure: bool


def let_in(account: Account, policy: Policy | None, calls: Calls) -> Iterator[LetIn]:
    """The requests of outsiders that get in, for each call (action, resource).

    Asked plainly, by anybody and by a principal of an unknown account, and in whatever form the policy's own statements
    admit. A principal of another account may carry any identity policy, so that for it only the resource side counts:
    an unknown answer that names its own policies is a way in.
    """
    asked = tuple(calls)
    plain = (
        Request(principal, action, resource, account.account_id)
        for principal in (ANONYMOUS, foreign_role(account))
        for action, resource in asked
    )
    for request in (*plain, *(opening.request for opening in openings(account, policy, asked))):
        if request.principal == ANONYMOUS and request.action.partition(":")[0] in _SIGNED:
            continue  # these services take no call without credentials, whoever's they are
        decision = ask(account, request)
        if decision.outcome is Outcome.ALLOWED:
            yield LetIn(request, decision, True)
        elif decision.outcome is Outcome.UNKNOWN:
            resource_side = layer_outcome(decision, "resource")
            if resource_side is not Outcome.IMPLICIT_DENY:
                yield LetIn(request, decision, resource_side is Outcome.ALLOWED)


@dataclass(frozen=True)
class Entry:
    """A role that somebody outside gets to act with: by assuming it, or one role after the other."""

    first: LetIn
    roles: tuple[Role, ...]
    decisions: tuple[Decision, ...]

    @property
    def role(self) -> Role:
        """The role that the way ends with."""
        return self.roles[-1]

    @property
    def sure(self) -> bool:
        """Whether every step is certain."""
        return self.first.sure and all(decision.allowed for decision in self.decisions)

    @property
    def words(self) -> str:
        """Who comes in, and through which roles."""
        through = "".join(f", by role {role.name}" for role in self.roles[:-1])
        return f"{described(self.first.request.principal)} may assume role {self.role.name}{through}"

    @property
    def at(self) -> Origin | None:
        """The statement that opens the door."""
        return _opened_at(self.first, self.roles[0].trust.origin)


def entries(account: Account, scope: Scope) -> tuple[Entry, ...]:
    """The roles that outsiders get to act with, each once, by a shortest way that is sure if one is."""
    if "entries" not in scope.memo:
        scope.memo["entries"] = _entries(account)
    found: tuple[Entry, ...] = scope.memo["entries"]
    return found


def _entries(account: Account) -> tuple[Entry, ...]:
    doors = dict(_doors(account))
    found: dict[str, Entry] = {}
    for sure in (True, False):
        starts = {arn: entry for arn, entry in doors.items() if entry.sure or not sure}
        chains = assumable(account, *starts, admits=_certainly if sure else _possibly)
        for arn, entry in starts.items():
            found.setdefault(arn, entry)
        for arn, chain in chains.items():
            door = starts[chain.principal]
            found.setdefault(arn, Entry(door.first, (*door.roles, *chain.roles), chain.decisions))
    return tuple(found.values())


def _certainly(decision: Decision) -> bool:
    return decision.allowed


def _possibly(decision: Decision) -> bool:
    return not decision.denied


def _doors(account: Account) -> Iterator[tuple[str, Entry]]:
    """The roles that outsiders may assume themselves."""
    for role in account.roles:
        ways = list(let_in(account, role.trust, ((action, role.arn) for action in _ASSUME)))
        first = next((way for way in ways if way.sure), next(iter(ways), None))
        if first is not None:
            yield role.arn, Entry(first, (role,), ())


def judged(entry: Entry, message: str) -> Judgement:
    """Violated where every step of the way in is certain, else unknown."""
    if entry.sure:
        return judgement(Verdict.VIOLATED, entry.at, message, entry.first.decision)
    open_ = [one.why for one in (entry.first.decision, *entry.decisions) if not one.allowed]
    return judgement(Verdict.UNKNOWN, entry.at, f"{message}: not decided, because {open_[0]}", entry.first.decision)


def described(principal: str) -> str:
    """The outsider in words."""
    if principal == ANONYMOUS:
        return "anyone, without credentials"
    if not principal.startswith("arn:") or "-provider/" in principal:
        return f"whomever {principal} vouches for"
    owner = principal.split(":")[4]
    if owner == FOREIGN_ACCOUNT:
        return "a principal of another account"
    return f"a principal of account {owner}" if principal.endswith(":role/stranger") else principal


def closed_to_strangers(
    account: Account, fact: Fact, policy: Policy | None, calls: Calls, name: str
) -> Iterator[Judgement]:
    """Violated for each outsider and statement that let it make some of the calls, holds where there is none."""
    at = (policy.origin if policy else None) or fact.origin
    doors: dict[tuple[str, Origin | None, bool], list[LetIn]] = {}
    for way in let_in(account, policy, calls):
        doors.setdefault((described(way.request.principal), _opened_at(way, at), way.sure), []).append(way)
    certain = {(who, where) for who, where, sure in doors if sure}
    for (who, where, sure), ways in doors.items():
        if sure or (who, where) not in certain:
            yield _opened(who, where, ways, name)
    if not doors:
        yield holds(at, f"{name} lets no stranger in")


def _opened_at(way: LetIn, at: Origin | None) -> Origin | None:
    """The statement of the resource's policy that lets the request in."""
    by = (*way.decision.by, *(one for layer in way.decision.layers for one in layer.statements))
    return next((one.origin for one in by if one.layer == "resource" and one.effect == "Allow" and one.origin), at)


def _opened(who: str, where: Origin | None, ways: list[LetIn], name: str) -> Judgement:
    first = ways[0]
    actions = ", ".join(dict.fromkeys(way.request.action for way in ways))
    said = f"{who} may call {actions} on {name}{_how(first.request.context)}"
    message = said if first.sure else f"{said}: not decided, because {first.decision.why}"
    verdict = Verdict.VIOLATED if first.sure else Verdict.UNKNOWN
    return judgement(verdict, where, message, first.decision)


def _how(context: Mapping[str, ContextValue]) -> str:
    """What the outsider would choose to get in."""
    chosen = [
        f"{key} {value if isinstance(value, str) else ', '.join(value)}"
        for key, value in context.items()
        if value != () and key != "aws:principalarn"
    ]
    return f", with {' and '.join(chosen)}" if chosen else ""
