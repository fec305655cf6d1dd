"""Templates that are linked by exports and imports, judged in the one account that they share.

Every rule sees all of them; each finding belongs to the template whose resource it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scenarios.account import Account
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.engine import deploy_stack, named_stack
from scenarios.deployment.exports import Exports
from scenarios.deployment.joining import together
from scenarios.deployment.stacks import Nesting
from scenarios.emulator import emulator
from scenarios.errors import InputError
from scenarios.finding import Confidence, Finding, Severity, Verdict
from scenarios.run.judge import Judged, given_to, judged, observed, result_of
from scenarios.run.links import Group, without
from scenarios.run.options import Options
from scenarios.run.result import TemplateResult
from scenarios.run.source import Source, adapted
from scenarios.template import load

Outcome = TemplateResult | InputError


class _FailedError(Exception):
    """One template of a group cannot be deployed."""

    def __init__(self, source: Source, error: InputError) -> None:
        super().__init__(str(error))
        self.source = source
        self.error = error


def judge_linked(group: Group, options: Options) -> dict[str, Outcome]:
    """The results of a group's templates by file; one that cannot be deployed does not keep the others from it."""
    try:
        stacks, account = deployed(group, options)
    except _FailedError as failed:
        outcomes: dict[str, Outcome] = {failed.source.file: failed.error}
        for rest in without(group, failed.source, options):
            outcomes |= judge_linked(rest, options)
        return outcomes
    whole = judged(together(stacks), account, adapted(options, group.sources[0]))
    results = (_own(name, stacks, whole) for name in stacks)
    return {source.file: result for source, result in zip(group.sources, results, strict=True)}


def deployed(group: Group, options: Options) -> tuple[dict[str, Deployment], Account]:
    """The stacks by name, and their account. Raises _FailedError for a template that cannot be deployed."""
    options = adapted(options, group.sources[0])
    nesting = Nesting(Exports(refused=group.refused))
    stacks: dict[str, Deployment] = {}
    with emulator(account_id=options.account_id, region=options.region) as session:
        for source, name in zip(group.sources, group.stacks, strict=True):
            try:
                template = load(source.file, source.root)
                stack = named_stack(name, options.account_id, options.region)
                own = replace(nesting, count=[0])
                stacks[name] = deploy_stack(template, session, stack, given_to(template, options), own)
            except InputError as error:
                raise _FailedError(source, error) from None
        return stacks, observed(session, together(stacks), options)


def _own(name: str, stacks: Mapping[str, Deployment], whole: Judged) -> TemplateResult:
    """One template's part of what was found."""
    stack = stacks[name]
    scenarios = {scenario: _share(name, stacks, scenario, findings) for scenario, findings in whole.scenarios.items()}
    others = [_stripped(name, stack, finding) for finding in whole.others if _is_in(name, finding)]
    lost = {
        scenario: [_stripped(name, stack, one) for one in found if _is_in(name, one)]
        for scenario, found in whole.lost.items()
    }
    result = result_of(stack, Judged(scenarios, others, whole.errors, lost))
    return replace(result, source=tuple(stack.template.text.splitlines()))


def _share(name: str, stacks: Mapping[str, Deployment], scenario: str, findings: Sequence[Finding]) -> list[Finding]:
    """A scenario's findings on one template. Those about no resource go to every template that has others; to all of
    them where none has."""
    stack = stacks[name]
    holders = {other for other in stacks if any(_is_in(other, finding) for finding in findings)} or set(stacks)
    own = [
        _stripped(name, stack, finding)
        for finding in findings
        if _is_in(name, finding) or (finding.resource is None and name in holders)
    ]
    return own or [_nothing(stack, scenario)]


def _is_in(name: str, finding: Finding) -> bool:
    return finding.resource is not None and finding.resource.startswith(f"{name}/")


def _stripped(name: str, stack: Deployment, finding: Finding) -> Finding:
    """The finding in the template's own names."""
    ids = "|".join(re.escape(entry.logical_id) for entry in stack.ledger)
    own = re.compile(rf"(?<![\w:/.-]){re.escape(name)}/(?=(?:{ids})\b)")
    message = own.sub("", finding.message)
    if finding.resource is None:
        at = stack.template.position(("Resources",))
        return replace(finding, message=message, file=stack.template.file, line=at.line, column=at.column)
    return replace(finding, message=message, resource=finding.resource.removeprefix(f"{name}/"))


def _nothing(stack: Deployment, scenario: str) -> Finding:
    at = stack.template.position(("Resources",))
    return Finding(
        rule="scenario-applies",
        scenario=scenario,
        verdict=Verdict.NOT_APPLICABLE,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        resource=None,
        path=(),
        file=stack.template.file,
        line=at.line,
        column=at.column,
        message="the template holds nothing that this scenario is about",
    )
