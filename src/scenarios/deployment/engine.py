"""Deploy a template: what CloudFormation checks first, then each resource after those it depends on, then outputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scenarios.deployment.deployment import Deployment
from scenarios.deployment.exports import Export
from scenarios.deployment.graph import order, references
from scenarios.deployment.joining import nested, with_imports
from scenarios.deployment.loops import uncertain_resources
from scenarios.deployment.maker import Maker
from scenarios.deployment.mentions import mentioned
from scenarios.deployment.naming import digest
from scenarios.deployment.outputs import outputs, shown
from scenarios.deployment.parameters import read_parameters
from scenarios.deployment.placeholders import Inventor
from scenarios.deployment.policies import policies
from scenarios.deployment.provider import Session, Stack
from scenarios.deployment.regions import partition
from scenarios.deployment.resolve import Resolver
from scenarios.deployment.scope import Parameter, Scope
from scenarios.deployment.serverless import translated
from scenarios.deployment.stacks import Nesting, nest
from scenarios.deployment.standing import Standing
from scenarios.deployment.template_rules import check_rules
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
    stack = named_stack(stack_name, account_id, region)
    return with_imports(deploy_stack(template, session, stack, parameters or {}, Nesting()))


def deploy_stack(
    template: Template, session: Session, stack: Stack, parameters: Mapping[str, str | Parameter], nesting: Nesting
) -> Deployment:
    """Deploy `template` as `stack`, with the stacks that it nests.

    Raises InputError as `deploy` does.
    """

    def below(child: Template, own: Stack, given: Mapping[str, Parameter], place: Nesting) -> Deployment:
        return deploy_stack(child, session, own, given, place)

    inventor = nesting.standing.inventor if nesting.standing else Inventor(session, stack)
    values = read_parameters(template, parameters, inventor)
    scope, doubts = _scope(template, stack, values)
    scope.exports = nesting.exports
    resolver = Resolver(scope)
    notes = check_rules(resolver)
    resolver.conditions.check()
    edges = references(resolver)
    maker = Maker(
        resolver,
        session,
        inventor,
        lambda request, frame: nest(scope.template, request, frame, nesting, below),
        nesting.standing,
    )
    for name in order(resolver.scope.template, edges):
        maker.make(name)
    for name, reason in doubts.items():
        maker.origins.mark_uncertain(Origin(name), reason)
    results = outputs(resolver)
    for output in results.values():
        if output.export is not None:
            nesting.exports.add(output.export, Export(output.value, output.unknown, output.secret))
    deployment = Deployment(
        template=resolver.scope.template,
        ledger=tuple(maker.ledger[name] for name in edges),
        outputs=shown(resolver, results),
        resolved=maker.resolved,
        references=edges,
        origins=maker.origins,
        placeholders={name: value.value for name, value in values.items() if value.unknown},
        source_paths=maker.source_paths,
        invented=inventor.network.made,
        results=results,
        takes={name: frozenset(mentioned(body)) & set(values) for name, body in scope.template.resources.items()},
        imported=maker.imported,
        standing=Standing(scope.made, inventor, maker.ledger, maker.parts, policies(resolver), maker.differences),
        notes=(*(f"{unsupported.name} cannot be expanded here" for unsupported in scope.template.unsupported), *notes),
    )
    for name, child in maker.parts.items():
        given = scope.template.resources[name].get("Properties", {}).get("Parameters")
        deployment = nested(deployment, name, child, given if isinstance(given, dict) else {})
    return deployment


def named_stack(name: str, account_id: str, region: str) -> Stack:
    """The stack of this name in an account."""
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
            raise made.error(f"resource {name} has no Type", ("Resources", name))
    if len(resources) != len(made.resources):  # a transform that cannot be expanded stands among them
        made = replace(made, body={**made.body, "Resources": resources})
    return Scope(made, stack, values), doubts
