"""Deploy a template: what CloudFormation checks first, then each resource after those it depends on, then outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scenarios.deployment.deployment import Deployment
from scenarios.deployment.graph import order, references
from scenarios.deployment.loops import uncertain_resources
from scenarios.deployment.maker import Maker
from scenarios.deployment.naming import digest
from scenarios.deployment.outputs import outputs
from scenarios.deployment.parameters import read_parameters
from scenarios.deployment.placeholders import Inventor
from scenarios.deployment.provider import Session, Stack
from scenarios.deployment.regions import partition
from scenarios.deployment.resolve import Resolver
from scenarios.deployment.scope import Parameter, Scope
from scenarios.deployment.serverless import translated
from scenarios.deployment.template_rules import check_rules
from scenarios.errors import InputError
from scenarios.finding import Origin
from scenarios.template import Template, expand


def deploy(
    template: Template,
    session: Session,
    *,
    parameters: Mapping[str, str] | None = None,
    stack_name: str = "scenario",
    account_id: str = "123456789012",
    region: str = "us-east-1",
) -> Deployment:
    """Deploy `template` through `session` and account for every resource.

    Raises InputError where CloudFormation would refuse the template as a whole: parameters, rules, references, cycles,
    malformed functions. What fails for one resource only is in the ledger.
    """
    stack = _stack(stack_name, account_id, region)
    inventor = Inventor(session, stack)
    values = read_parameters(template, parameters or {}, inventor)
    scope, doubts = _scope(template, stack, values)
    resolver = Resolver(scope)
    notes = check_rules(resolver)
    resolver.conditions.check()
    edges = references(resolver)
    maker = Maker(resolver, session, inventor)
    for name in order(resolver.scope.template, edges):
        maker.make(name)
    for name, reason in doubts.items():
        maker.origins.mark_uncertain(Origin(name), reason)
    return Deployment(
        template=resolver.scope.template,
        ledger=tuple(maker.ledger[name] for name in edges),
        outputs=outputs(resolver),
        resolved=maker.resolved,
        references=edges,
        origins=maker.origins,
        placeholders={name: value.value for name, value in values.items() if value.unknown},
        source_paths=maker.source_paths,
        invented=inventor.network.made,
        notes=(*(f"{unsupported.name} cannot be expanded here" for unsupported in scope.template.unsupported), *notes),
    )


def _stack(name: str, account_id: str, region: str) -> Stack:
    own, suffix = partition(region)
    unique = digest(f"{name}{account_id}{region}", 12, "0123456789abcdef")
    stack_id = f"arn:{own}:cloudformation:{region}:{account_id}:stack/{name}/00000000-0000-4000-8000-{unique}"
    return Stack(name, stack_id, account_id, region, own, suffix)


def _scope(template: Template, stack: Stack, values: dict[str, Parameter]) -> tuple[Scope, dict[str, str]]:
    """The scope of the template with its loops unrolled and SAM translated, and why resources are in doubt.

    Raises InputError for a resource that is none, and for what a transform refuses.
    """
    given = {name: parameter.value if parameter.said is None else parameter.said for name, parameter in values.items()}
    expanded = expand(template, {**Scope(template, stack, values).pseudo, **given})
    made, doubts = translated(expanded, values, stack)
    doubts = {**uncertain_resources(template, expanded, values), **doubts}
    resources = {name: body for name, body in made.resources.items() if not name.startswith("Fn::")}
    for name, body in resources.items():
        if not isinstance(body, dict) or not isinstance(body.get("Type"), str):
            position = made.position(("Resources", name))
            raise InputError(f"resource {name} has no Type", file=made.file, line=position.line)
    if len(resources) != len(made.resources):  # a transform that cannot be expanded stands among them
        made = replace(made, body={**made.body, "Resources": resources})
    return Scope(made, stack, values), doubts
