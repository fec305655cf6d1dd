"""One template, from its text to its verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scenarios.account import Account
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.engine import deploy
from scenarios.deployment.ledger import Status
from scenarios.deployment.outside_users import outside_users
from scenarios.deployment.provider import Session
from scenarios.deployment.residents import residents
from scenarios.emulator import emulator
from scenarios.finding import Confidence, Finding, Judgement, Origin, Severity, Verdict
from scenarios.observation import observe, services_of
from scenarios.rules.rule import Rule
from scenarios.rules.scope import Scope
from scenarios.run.doubt import Doubt
from scenarios.run.options import Options
from scenarios.run.result import ScenarioResult, TemplateResult
from scenarios.scenario.catalogue import load
from scenarios.scenario.names import NAMES
from scenarios.scenario.scenario import Scenario
from scenarios.template import Template

_WORST_FIRST = (Verdict.VIOLATED, Verdict.UNKNOWN, Verdict.HOLDS, Verdict.NOT_APPLICABLE)


def deploy_in_emulator(template: Template, options: Options) -> Deployment:
    """Deploy `template` in an empty emulated account.

    Raises InputError where it cannot be deployed at all (a cycle, an unresolvable reference, a bad parameter).
    """
    with emulator(account_id=options.account_id, region=options.region) as session:
        return _deploy(template, session, options, options.parameters)


def deploy_and_observe(template: Template, options: Options) -> tuple[Deployment, Account]:
    """Deploy `template` in an empty emulated account and read the account back.

    Raises InputError as `deploy_in_emulator` does.
    """
    with emulator(account_id=options.account_id, region=options.region) as session:
        deployment = _deploy(template, session, options, given_to(template, options))
        account = observed(session, deployment, options)
    return deployment, account


def given_to(template: Template, options: Options) -> dict[str, str]:
    """The parameters that the user gives to this template; where several share them, those that it declares."""
    own = template.body.get("Parameters") or {}
    return {name: value for name, value in options.parameters.items() if name in own or not options.shared}


def observed(session: Session, deployment: Deployment, options: Options) -> Account:
    """The account that a deployment has made, read back, with what no API of the emulator shows and the deployment
    says: what it invented, what stands in its subnets besides workloads, and users outside its templates."""
    services = services_of(entry.type for entry in deployment.ledger) | _reads(options)
    account = observe(
        session,
        account_id=options.account_id,
        region=options.region,
        origins=deployment.origins,
        services=services,
    )
    said = {"residents": residents(deployment), "outside_users": outside_users(deployment)}
    return account.model_copy(update={"invented": tuple(deployment.invented.items()), **said})


def _reads(options: Options) -> frozenset[str]:
    """What the scenarios that are asked for by name have read besides."""
    return frozenset(part for name in options.scenarios for part in load(name).reads)


def _deploy(template: Template, session: Session, options: Options, parameters: Mapping[str, str]) -> Deployment:
    return deploy(template, session, parameters=parameters, account_id=options.account_id, region=options.region)


def judge(template: Template, options: Options) -> TemplateResult:
    """Deploy, observe and judge one template by every scenario that was asked for."""
    deployment, account = deploy_and_observe(template, options)
    return result_of(deployment, judged(deployment, account, options))


@dataclass(frozen=True)
class Judged:
    """Findings by scenario, those of none, and errors of ours on the way. `lost` are those of none that a scenario's
    verdict takes account of all the same."""

    scenarios: dict[str, list[Finding]]
    others: list[Finding]
    errors: tuple[str, ...] = ()
    lost: dict[str, list[Finding]] = field(default_factory=dict)


def judged(deployment: Deployment, account: Account, options: Options) -> Judged:
    """The account judged by every scenario that was asked for."""
    bench = _Bench(deployment, account, Doubt(deployment, account.unread), options.min_severity)
    findings: dict[str, list[Finding]] = {}
    lost: dict[str, list[Finding]] = {}
    errors: list[str] = []
    for name in options.scenarios or NAMES:
        scenario = load(name)
        findings[scenario.name], problems = bench.try_scenario(scenario)
        lost[scenario.name] = list(bench.lost(scenario))
        errors += problems
    return Judged(findings, list(bench.undeployed()), tuple(errors), lost)


def result_of(deployment: Deployment, found: Judged) -> TemplateResult:
    """What is to be reported of one template."""
    template = deployment.template
    findings = [*found.others, *(finding for own in found.scenarios.values() for finding in own)]
    return TemplateResult(
        file=template.file,
        ledger=deployment.ledger,
        outputs=deployment.outputs,
        scenarios=tuple(_conclude(name, [*own, *found.lost.get(name, ())]) for name, own in found.scenarios.items()),
        findings=tuple(_unique(findings)),
        others={file: tuple(text.splitlines()) for file, text in deployment.sources.items() if file != template.file},
        lines={entry.logical_id: deployment.line(entry.logical_id) for entry in deployment.ledger},
        parameters=tuple(template.body.get("Parameters") or ()),
        placeholders=tuple(deployment.placeholders),
        errors=found.errors,
    )


@dataclass(frozen=True)
class _Bench:
    """The account before the judge, with what places its findings."""

    deployment: Deployment
    account: Account
    doubt: Doubt
    min_severity: Severity

    def try_scenario(self, scenario: Scenario) -> tuple[list[Finding], list[str]]:
        """All findings of one scenario, and errors of ours on the way."""
        try:
            scope = scenario.discover(self.account)
        except Exception as error:
            return [self._error(scenario.name, None, error)], [f"{scenario.name}: {_describe(error)}"]
        if not scope.applies:
            return [self._not_applicable(scenario)], []
        findings: list[Finding] = []
        errors: list[str] = []
        for rule in self._wanted(scenario):
            try:
                findings += self._try_rule(scenario, rule, scope)
            except Exception as error:
                findings.append(self._error(scenario.name, rule, error))
                errors.append(f"{rule.slug}: {_describe(error)}")
        return findings, errors

    def lost(self, scenario: Scenario) -> Iterator[Finding]:
        """Of a scenario about everything, the resources that its rules would have judged and the account lacks."""
        needs = {needed for rule in scenario.rules for needed in rule.needs}
        types = {entry.logical_id: entry.type for entry in self.deployment.ledger}
        if not scenario.subject_types:
            yield from (finding for finding in self.undeployed() if types.get(finding.resource or "") in needs)

    def undeployed(self) -> Iterator[Finding]:
        """One unknown finding for each resource that the account does not hold."""
        for entry in self.deployment.ledger:
            if entry.status in (Status.FAILED, Status.UNSUPPORTED):
                position = self.deployment.position(Origin(entry.logical_id))
                reason = f"{entry.type} was not deployed: {entry.reason or entry.status.value}"
                yield Finding(
                    rule="resource-not-deployed",
                    scenario=None,
                    verdict=Verdict.UNKNOWN,
                    severity=Severity.INFO,
                    confidence=Confidence.HIGH,
                    resource=entry.logical_id,
                    path=(),
                    file=position.file or self.deployment.template.file,
                    line=position.line,
                    column=position.column,
                    message=reason,
                    evidence=self._evidence(entry.logical_id, {}),
                )

    def _wanted(self, scenario: Scenario) -> list[Rule]:
        ranks = list(Severity)
        least = ranks.index(self.min_severity)
        return [rule for rule in scenario.rules if ranks.index(rule.severity) <= least]

    def _try_rule(self, scenario: Scenario, rule: Rule, scope: Scope) -> list[Finding]:
        judgements = [self._doubted(judgement, rule) for judgement in rule.check(self.account, scope)]
        if not judgements:
            judgements = [self._nothing_to_judge(rule)]
        return [self._finding(scenario.name, rule, judgement) for judgement in judgements]

    def _doubted(self, judgement: Judgement, rule: Rule) -> Judgement:
        reason = self.doubt.about(judgement, rule.needs)
        if reason is None or judgement.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE):
            return judgement
        evidence = {**judgement.evidence, "otherwise": judgement.verdict.value, "said": judgement.message}
        return replace(judgement, verdict=Verdict.UNKNOWN, message=f"not decided: {reason}", evidence=evidence)

    def _nothing_to_judge(self, rule: Rule) -> Judgement:
        if (reason := self.doubt.about_absence(rule.needs)) is not None:
            return Judgement(Verdict.UNKNOWN, None, f"not decided: {reason}")
        return Judgement(Verdict.NOT_APPLICABLE, None, "nothing in this account to judge")

    def _not_applicable(self, scenario: Scenario) -> Finding:
        reason = self.doubt.about_absence(scenario.subject_types)
        verdict = Verdict.UNKNOWN if reason else Verdict.NOT_APPLICABLE
        message = f"not decided: {reason}" if reason else "the template holds nothing that this scenario is about"
        return self._finding(scenario.name, None, Judgement(verdict, None, message))

    def _error(self, scenario: str, rule: Rule | None, error: Exception) -> Finding:
        return self._finding(scenario, rule, Judgement(Verdict.UNKNOWN, None, f"an error of ours: {_describe(error)}"))

    def _evidence(self, logical_id: str | None, evidence: dict[str, Any]) -> dict[str, Any]:
        """The evidence, with the CDK construct that the resource comes from."""
        construct = self.deployment.construct(logical_id) if logical_id else None
        return {**evidence, "construct": construct} if construct else evidence

    def _finding(self, scenario: str, rule: Rule | None, judgement: Judgement) -> Finding:
        at = judgement.at
        template = self.deployment.template
        position = self.deployment.position(at) if at else template.position(("Resources",))
        return Finding(
            rule=rule.slug if rule else "scenario-applies",
            scenario=scenario,
            verdict=judgement.verdict,
            severity=rule.severity if rule else Severity.INFO,
            confidence=rule.confidence if rule else Confidence.HIGH,
            resource=at.logical_id if at else None,
            path=self.deployment.template_path(at) if at else (),
            file=position.file or template.file,
            line=position.line,
            column=position.column,
            message=judgement.message,
            evidence=self._evidence(at.logical_id if at else None, judgement.evidence),
            controls=rule.controls if rule else (),
            remediation=rule.remediation if rule else None,
        )


def _conclude(name: str, findings: Iterable[Finding]) -> ScenarioResult:
    """The worst verdict of all; the reason is the first finding's that has it."""
    found = list(findings)
    for verdict in _WORST_FIRST:
        first = next((finding for finding in found if finding.verdict is verdict), None)
        if first is not None:
            return ScenarioResult(name, verdict, None if verdict is Verdict.HOLDS else first.message)
    return ScenarioResult(name, Verdict.NOT_APPLICABLE)


def _unique(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each statement once: two subjects can lead one rule to the same place and words."""
    seen = set()
    for finding in findings:
        key = (finding.rule, finding.scenario, finding.verdict, finding.resource, finding.path, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]
