"""Makes one resource after the other, and keeps the books: ledger, resolved properties, origins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from scenarios.account.origins import Origins
from scenarios.deployment.absent import absent
from scenarios.deployment.counting import counted, published
from scenarios.deployment.default_vpc import placed
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.derived import derive
from scenarios.deployment.differences import Difference, Effect, strongest
from scenarios.deployment.failure import described, hanging, is_missing
from scenarios.deployment.fidelity import unshown
from scenarios.deployment.frame import Frame
from scenarios.deployment.ledger import Entry, Status
from scenarios.deployment.naming import physical_name
from scenarios.deployment.outputs import MASK
from scenarios.deployment.outside import admitted
from scenarios.deployment.placeholders import Inventor
from scenarios.deployment.provider import REGISTRY, Created, Properties, Provider, Request, Session
from scenarios.deployment.providers import module_for
from scenarios.deployment.recorded import is_custom, is_known_otherwise, is_module, record
from scenarios.deployment.resolve import NO_VALUE, Resolver
from scenarios.deployment.schemas import schema
from scenarios.deployment.scope import Made
from scenarios.deployment.stacks import STACK, Nested
from scenarios.deployment.standing import Standing, differing
from scenarios.deployment.typed import typed
from scenarios.finding import Origin, PropertyPath

Nest = Callable[[Request, Frame], Nested]


class Maker:
    """Makes the resources of one template."""

    def __init__(
        self, resolver: Resolver, session: Session, inventor: Inventor, nest: Nest, standing: Standing | None = None
    ) -> None:
        self._resolver = resolver
        self._scope = resolver.scope
        self._session = session
        self._inventor = inventor
        self._nest = nest
        self._standing = standing
        self.parts: dict[str, Deployment] = {}
        self.differences: dict[str, tuple[Difference, ...]] = {}
        self.imported: dict[str, frozenset[str]] = {}
        self.ledger: dict[str, Entry] = {}
        self.resolved: dict[str, dict[str, Any]] = {}
        self.source_paths: dict[str, dict[PropertyPath, PropertyPath]] = {}
        self.origins = Origins()

    def make(self, name: str) -> None:
        """Make one resource and enter it into the ledger.

        Raises InputError for properties that cannot be resolved; whatever its provider raises costs this resource only.
        """
        resource = self._scope.template.resources[name]
        kind: str = resource["Type"]
        wanted, doubt = self._wanted(resource, name)
        if not wanted:
            self.ledger[name] = Entry(name, kind, Status.SKIPPED)
            lost = f"{name} is not made: its condition is false"
            self._scope.made[name] = Made(kind, self._request(name, kind, {}, Frame()).name(), lost=lost)
            return
        frame = Frame()
        properties = self._properties(name, resource, frame)
        fitting = typed(kind, admitted(kind, properties, self._inventor, frame), frame)
        whole = placed(kind, fitting, self._inventor, frame)
        self._remember(name, properties, frame, doubt)
        self.imported[name] = frozenset(frame.imported)
        request = self._request(name, kind, whole, frame)
        before = self._standing.before(name, kind) if self._standing else None
        if before is not None:
            self.differences[name] = differing(before[0], request, frame)
        if kind == STACK:
            self._enter_stack(request, self._nest(request, frame), frame)
            return
        if before is not None and strongest(self.differences[name]) is not Effect.REPLACED:
            self._keep(*before, request, frame)
            return
        if before is not None:
            request = replace(request, name=partial(physical_name, request.stack.name, name, again=True))
        try:
            created = _make(request)
        except Exception as error:  # moto and botocore raise anything on odd input: it costs this resource only
            self._miss(request, frame, error)
        else:
            self._enter(request, self._published(request, created), frame)

    def _published(self, request: Request, created: Created) -> Created:
        if self._standing is None:
            return created
        made = self._scope.made
        changed = {made[name].physical_id for name, found in self.differences.items() if found and name in made}
        return published(request, created, self._standing.made, changed)

    def _wanted(self, resource: Mapping[str, Any], name: str) -> tuple[bool, str | None]:
        condition = resource.get("Condition")
        if not isinstance(condition, str):
            return True, None
        return self._resolver.conditions.truth(condition, ("Resources", name, "Condition"))

    def _properties(self, name: str, resource: Mapping[str, Any], frame: Frame) -> dict[str, Any]:
        path: PropertyPath = ("Resources", name, "Properties")
        properties = self._resolver.resolve(resource.get("Properties") or {}, path, frame, ("Properties",))
        if properties is NO_VALUE:
            return {}
        if not isinstance(properties, dict):
            raise self._scope.template.error(f"the Properties of {name} are no mapping", path)
        return properties

    def _remember(self, name: str, properties: dict[str, Any], frame: Frame, doubt: str | None) -> None:
        self.resolved[name] = _masked(properties, frame.secrets, ("Properties",))
        below = 2  # positions are looked up below ("Resources", name)
        self.source_paths[name] = {path: source[below:] for path, source in frame.sources.items()}
        for path, reason in frame.uncertain.items():
            self.origins.mark_uncertain(Origin(name, path), self._scope.mask(reason))
        for path, names in frame.named.items():
            self.origins.mark_named(Origin(name, path), names)
        if doubt is not None:
            self.origins.mark_uncertain(Origin(name), f"whether {name} is made is not known: {doubt}")

    def _request(self, name: str, kind: str, properties: dict[str, Any], frame: Frame) -> Request:
        stack = self._scope.stack
        return Request(
            logical_id=name,
            type=kind,
            properties=Properties(properties),
            stack=stack,
            session=self._session,
            name=partial(physical_name, stack.name, name),
            doubt=frame.reason_at,
        )

    def _enter(self, request: Request, created: Created, frame: Frame) -> None:
        """What was made: the ledger's line, and what others may refer to."""
        name, kind = request.logical_id, request.type
        reason = created.reason or next((f"refers to {other}: {why}" for other, why in frame.lost.items()), None)
        unmapped = () if created.recorded else _unmapped(request)
        status = Status.RECORDED if created.recorded else Status.PARTIAL if unmapped else Status.DEPLOYED
        if created.recorded and schema(kind) is None and not _is_known(kind):
            status, reason = Status.UNSUPPORTED, self._unsupported(kind)
        shown = self._scope.mask(created.physical_id)
        self.ledger[name] = Entry(name, kind, status, shown, unmapped, self._scope.mask(reason) if reason else None)
        made = self._made(request, created, frame)
        made.lost = f"{name} was not made: {reason}" if status is Status.UNSUPPORTED else None
        made.again = self._standing is not None and self.differences.get(name) != ()
        self._scope.made[name] = made
        self._unsettle(name, created)
        if created.identity:
            self.origins.register((created.identity,), Origin(name))
        for key, path in created.origins.items():
            self.origins.register(key, Origin(name, path))

    def _keep(self, before: Made, entry: Entry, request: Request, frame: Frame) -> None:
        """Enter what an update lets stand, with its ids."""
        name = request.logical_id
        self.ledger[name] = entry
        attributes = counted(request.type, before.attributes, self.differences[name])
        made = self._made(request, Created(before.physical_id, attributes, opaque=before.opaque), frame)
        again = strongest(self.differences[name]) is Effect.PERHAPS
        self._scope.made[name] = replace(made, lost=before.lost, closed=before.closed, again=again)

    def _unsettle(self, name: str, created: Created) -> None:
        """Attributes of other resources that show what was made hang on what it hangs on."""
        reason = next((reason for _, reason in self.origins.uncertain_within(Origin(name))), None)
        if reason is not None:
            for other in self._scope.made.values():
                shown = [attribute for identifier, attribute in created.shown if identifier == other.physical_id]
                other.doubts.update(dict.fromkeys(shown, reason))

    def _enter_stack(self, request: Request, found: Nested, frame: Frame) -> None:
        """A nested stack: a part of its own, whose outputs are its attributes."""
        self._enter(request, found.created, frame)
        if found.deployment is not None:
            self.parts[request.logical_id] = found.deployment
            made = self._scope.made[request.logical_id]
            made.closed = made.opaque is None
            made.doubts |= found.doubts
            made.secrets |= found.secrets

    def _miss(self, request: Request, frame: Frame, error: Exception) -> None:
        """It could not be made: recorded for want of something outside the template, else failed."""
        kind, properties = request.type, request.properties.peek()
        reason = hanging(described(error, kind, properties), frame.uncertain, properties)
        lacking = "" if frame.lost else absent(error, request, self._scope.made.values(), frame)
        if lacking:
            self._enter(request, record(request, self._scope.worded(f"{lacking}: {reason}")), frame)
            self._scope.made[request.logical_id].lost = f"{request.logical_id} was not made"
        else:
            self._fail(request, frame, self._scope.mask(self._scope.worded(reason)))

    def _fail(self, request: Request, frame: Frame, reason: str) -> None:
        """A resource that could not be made for want of another waits on it; else it has failed by itself.

        It keeps plausible values, so that those that refer to it are still made, with every such value uncertain.
        """
        name, kind = request.logical_id, request.type
        entry = Entry(name, kind, Status.FAILED, reason=reason)
        for other, why in frame.lost.items():
            entry = Entry(name, kind, Status.SKIPPED, reason=f"waits on {other}: {why}")
        self.ledger[name] = entry
        made = self._made(request, record(request), frame)
        made.lost = f"{name} was not made"
        self._scope.made[name] = made

    def _made(self, request: Request, created: Created, frame: Frame) -> Made:
        return Made(
            type=request.type,
            physical_id=created.physical_id,
            attributes=created.attributes,
            properties=request.properties.peek(),
            opaque=created.opaque,
            unknown_id=created.opaque if is_custom(request.type) or is_module(request.type) else None,
            doubts={str(path[1]): reason for path, reason in frame.uncertain.items() if len(path) > 1},
            secrets=frozenset(str(path[1]) for path in frame.secrets if len(path) > 1),
        )

    def _unsupported(self, kind: str) -> str:
        names = [unsupported.name for unsupported in self._scope.template.unsupported]
        if names:
            return f"{kind} needs {', '.join(names)}, which cannot be expanded here"
        return f"{kind} is no resource type that AWS publishes"


def _is_known(kind: str) -> bool:
    """Whether a type is known for what it is, though no schema describes it."""
    return is_custom(kind) or is_module(kind) or is_known_otherwise(kind)


def _make(request: Request) -> Created:
    """By the type's own provider, else by one derived from its schema, else as a record."""
    try:
        return _provider(request.type)(request)
    except Exception as error:
        if is_missing(error):
            return record(request, f"the emulator lacks an operation: {described(error)}")
        raise


def _unmapped(request: Request) -> tuple[str, ...]:
    """What its provider did not map, and what is known not to be shown; nothing within what is said already."""
    own = request.properties.unmapped()
    known = unshown(request.type, request.properties.peek())
    return (*own, *(path for path in known if not any(path == said or path.startswith(said + ".") for said in own)))


def _provider(kind: str) -> Provider:
    if is_custom(kind) or is_module(kind) or kind.startswith("AWS::CloudFormation::"):
        return record
    _import(module_for(kind))
    if kind in REGISTRY:
        return REGISTRY[kind]
    return derive if schema(kind) is not None else record


@cache
def _import(module: str) -> None:
    """Import a module of providers, if there is one; they register themselves."""
    if find_spec(module) is not None:
        import_module(module)


def _masked(value: Any, secrets: set[PropertyPath], path: PropertyPath) -> Any:
    """The value with what shows a NoEcho parameter masked."""
    if not secrets:
        return value
    if path in secrets:
        return MASK
    if isinstance(value, dict):
        return {key: _masked(item, secrets, (*path, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(item, secrets, (*path, index)) for index, item in enumerate(value)]
    return value
