"""Deploy a template: resolve each resource in the order of its dependencies, and have its provider make it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from scenarios.account.origins import Origins
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.derived import derive
from scenarios.deployment.failure import described
from scenarios.deployment.frame import Frame
from scenarios.deployment.graph import order, references
from scenarios.deployment.ledger import Entry, Status
from scenarios.deployment.naming import digest, physical_name
from scenarios.deployment.parameters import parameters as read_parameters
from scenarios.deployment.placeholders import Inventor
from scenarios.deployment.provider import REGISTRY, Created, Properties, Provider, Request, Session, Stack
from scenarios.deployment.providers import module_for
from scenarios.deployment.recorded import is_custom, record
from scenarios.deployment.resolve import NO_VALUE, Resolver
from scenarios.deployment.schemas import schema
from scenarios.deployment.scope import Made, Scope
from scenarios.deployment.template_rules import check_rules
from scenarios.finding import Origin, PropertyPath
from scenarios.template import Template, expand

_PARTITIONS = {"cn-": ("aws-cn", "amazonaws.com.cn"), "us-gov-": ("aws-us-gov", "amazonaws.com")}


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
    template = expand(template, {name: parameter.value for name, parameter in values.items()})
    resolver = Resolver(Scope(template, stack, values))
    check_rules(resolver)
    edges = references(template)
    engine = _Engine(resolver, session)
    for name in order(template, edges):
        engine.make(name)
    return Deployment(
        template=template,
        ledger=tuple(engine.ledger[name] for name in template.resources),
        outputs=engine.outputs(),
        resolved=engine.resolved,
        references=edges,
        origins=engine.origins,
        placeholders={name: value.value for name, value in values.items() if value.unknown},
        source_paths=engine.source_paths,
        invented=inventor.made,
    )


def _stack(name: str, account_id: str, region: str) -> Stack:
    partition, suffix = next(
        (found for prefix, found in _PARTITIONS.items() if region.startswith(prefix)), ("aws", "amazonaws.com")
    )
    unique = digest(f"{name}{account_id}{region}", 12, "0123456789abcdef")
    identifier = f"stack/{name}/00000000-0000-4000-8000-{unique}"
    stack_id = f"arn:{partition}:cloudformation:{region}:{account_id}:{identifier}"
    return Stack(name, stack_id, account_id, region, partition, suffix)


class _Engine:
    """Makes one resource after the other and keeps the books."""

    def __init__(self, resolver: Resolver, session: Session) -> None:
        self._resolver = resolver
        self._scope = resolver.scope
        self._session = session
        self.ledger: dict[str, Entry] = {}
        self.resolved: dict[str, dict[str, Any]] = {}
        self.source_paths: dict[str, dict[PropertyPath, PropertyPath]] = {}
        self.origins = Origins()

    def make(self, name: str) -> None:
        """Make one resource and enter it into the ledger."""
        resource = self._scope.template.resources[name]
        kind: str = resource["Type"]
        source: PropertyPath = ("Resources", name)
        wanted, doubt = self._wanted(resource, source)
        if not wanted:
            self._enter(name, kind, Status.SKIPPED)
            self._scope.made[name] = Made(f"{name}-not-made", lost=f"{name} is not made: its condition is false")
            return
        frame = Frame()
        properties = self._resolver.resolve(
            resource.get("Properties") or {}, (*source, "Properties"), frame, ("Properties",)
        )
        self._remember(name, {} if properties is NO_VALUE else properties, frame, doubt)
        self._create(name, kind, frame)

    def _wanted(self, resource: Mapping[str, Any], source: PropertyPath) -> tuple[bool, str | None]:
        condition = resource.get("Condition")
        if not isinstance(condition, str):
            return True, None
        return self._resolver.conditions.truth(condition, (*source, "Condition"))

    def _remember(self, name: str, properties: dict[str, Any], frame: Frame, doubt: str | None) -> None:
        self.resolved[name] = properties
        below = 2  # positions are looked up below ("Resources", name)
        self.source_paths[name] = {path: source[below:] for path, source in frame.sources.items()}
        for path, reason in frame.uncertain.items():
            self.origins.mark_uncertain(Origin(name, path), reason)
        if doubt is not None:
            self.origins.mark_uncertain(Origin(name), f"whether {name} is made is not known: {doubt}")

    def _create(self, name: str, kind: str, frame: Frame) -> None:
        request = self._request(name, kind)
        try:
            created = _provider(kind)(request)
        except Exception as error:  # moto and botocore raise anything on odd input: it costs this resource only
            self._fail(name, kind, frame, described(error))
            return
        if created.recorded and created.reason == "unsupported":
            reason = f"{kind} is no resource type that AWS publishes"
            self._enter(name, kind, Status.UNSUPPORTED, created.physical_id, reason=reason)
            self._scope.made[name] = Made(created.physical_id, lost=f"{name}: {reason}")
            return
        unmapped = () if created.recorded else request.properties.unmapped()
        status = Status.RECORDED if created.recorded else Status.PARTIAL if unmapped else Status.DEPLOYED
        self._enter(name, kind, status, created.physical_id, unmapped, created.reason)
        self._scope.made[name] = Made(created.physical_id, created.attributes, opaque=created.opaque)
        self._register(name, created)

    def _fail(self, name: str, kind: str, frame: Frame, reason: str) -> None:
        """A resource that could not be made for want of another waits on it; else it has failed by itself."""
        waits = next((why for why in frame.uncertain.values() if why.endswith("was not made")), None)
        if waits is not None:
            self._enter(name, kind, Status.SKIPPED, reason=f"waits: {waits}")
        else:
            self._enter(name, kind, Status.FAILED, reason=reason)
        self._scope.made[name] = Made(f"{name.lower()}-not-made", lost=f"{name} was not made")

    def _request(self, name: str, kind: str) -> Request:
        stack = self._scope.stack
        return Request(
            logical_id=name,
            type=kind,
            properties=Properties(self.resolved[name]),
            stack=stack,
            session=self._session,
            name=partial(physical_name, stack.name, name),
        )

    def _enter(
        self,
        name: str,
        kind: str,
        status: Status,
        physical_id: str | None = None,
        unmapped: tuple[str, ...] = (),
        reason: str | None = None,
    ) -> None:
        self.ledger[name] = Entry(name, kind, status, physical_id, unmapped, reason)

    def _register(self, name: str, created: Created) -> None:
        if created.identity:
            self.origins.register((created.identity,), Origin(name))
        for key, path in created.origins.items():
            self.origins.register(key, Origin(name, path))

    def outputs(self) -> dict[str, Any]:
        """The resolved outputs; unknown ones are null, and whatever hangs on a NoEcho parameter is masked."""
        found: dict[str, Any] = {}
        for name, output in (self._scope.template.body.get("Outputs") or {}).items():
            source: PropertyPath = ("Outputs", name)
            if not isinstance(output, dict) or "Value" not in output or not self._wanted(output, source)[0]:
                continue
            frame = Frame()
            value = self._resolver.resolve(output["Value"], (*source, "Value"), frame)
            found[name] = "****" if self._secret(output["Value"]) else None if frame.reason else value
        return found

    def _secret(self, value: Any) -> bool:
        secrets = [name for name, parameter in self._scope.parameters.items() if parameter.no_echo]
        text = str(value)
        return any(f"'{name}'" in text or "${" + name + "}" in text for name in secrets)


def _provider(kind: str) -> Provider:
    """The type's own provider, else one derived from its schema, else a record."""
    if is_custom(kind):
        return record
    module = module_for(kind)
    if find_spec(module) is not None:
        import_module(module)
    if kind in REGISTRY:
        return REGISTRY[kind]
    if schema(kind) is None:
        return _unsupported
    return derive


def _unsupported(request: Request) -> Created:
    return Created(request.name(), recorded=True, reason="unsupported")
