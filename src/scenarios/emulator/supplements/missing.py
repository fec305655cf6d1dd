"""Kinds of things that moto has no operations for: created, read, listed, updated and deleted by a table.

The table says what a kind is called and how it is named. What an answer looks like is not said: botocore's model has
the output's shape, and the answer is what of the held thing fits into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.emulator.supplements.record import CREATED, Answer, Held, Record, answer, parameters, refuse

Handler = Callable[..., Answer]


@dataclass(frozen=True)
class Kind:
    """One kind of thing: operations `Create{name}`, `Get{name}`, `List{name}s`, `Update{name}` and `Delete{name}`.

    `service` is botocore's name of it in events. `identity` is the member that holds the thing's id: taken from the
    request where that has it, else made of `length` letters and digits. `arn` is a pattern of the account's words and
    the thing's members, for the member `arn_member`.

    Requests name a thing by the members `named` (default: `identity`), by id, ARN or name alike; `parents` are the
    members that must agree as well, and that lists are narrowed by. `filters` are a list's own words for members.
    `fresh` is what a new thing has besides what was asked for, as a mapping or as what a function makes of the held
    thing; `renamed` maps a request's members to the answer's, `mend` turns the whole request into the thing.

    With `version` (the member by which Get names a version) the kind has `Create{name}Version`, which keeps the
    thing as it stands; a list that names a thing shows all its versions. With `version_arn` a version's ARN ends with
    its number. `batch` reads several, by ids or names.
    """

    service: str
    name: str
    identity: str
    arn: str = ""
    arn_member: str = ""
    length: int = 10
    lower: bool = False
    prefix: str = ""
    named: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    fresh: Mapping[str, Any] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    mend: Callable[[Held], Held] | None = None
    version: str = ""
    version_arn: bool = False
    read: str = ""
    list: str = ""
    create: str = ""
    delete: str = ""
    batch: str = ""

    def operations(self) -> dict[str, str]:
        """What is done by which operation."""
        return {
            "create": self.create or f"Create{self.name}",
            "read": self.read or f"Get{self.name}",
            "list": self.list or f"List{self.name}s",
            "update": f"Update{self.name}",
            "delete": self.delete or f"Delete{self.name}",
            "publish": f"Create{self.name}Version",
            "batch": self.batch,
        }


class Missing:
    """Answers for one kind."""

    def __init__(self, kind: Kind, record: Record) -> None:
        self._kind = kind
        self._record = record

    def register(self, events: Any) -> None:
        """Take over the kind's operations; botocore still validates their parameters."""
        operations = self._kind.operations()
        for does, operation in operations.items():
            if operation and (does != "publish" or self._kind.version):
                events.register(f"before-call.{self._kind.service}.{operation}", getattr(self, f"_{does}"))

    @property
    def _held(self) -> dict[str, Held]:
        return self._record.of(f"{self._kind.service}.{self._kind.name}")

    def _create(self, model: Any, context: Any, **_: Any) -> Answer:
        made = self._thing(parameters(context))
        key = self._key(made)
        if key in self._held:
            return refuse("ConflictException", f"{self._kind.name} {key} exists already", 409)
        self._held[key] = made
        shown = fit(model.output_shape, made)
        # Some answers hold the ARN alone; the id beside it spares a creator one more call.
        return answer(
            shown | {self._kind.identity: made[self._kind.identity]} if self._kind.arn_member in shown else shown
        )

    def _thing(self, asked: Held) -> Held:
        kind, record = self._kind, self._record
        made = self._renamed(asked)
        if kind.identity not in made:
            letters = record.identifier(kind.length)
            made[kind.identity] = kind.prefix + (letters.lower() if kind.lower else letters)
        made = {**_TIMES, **kind.fresh, **made}
        if kind.arn:
            made[kind.arn_member] = kind.arn.format(**record.words, **_texts(made))
        return {
            name: value.format(**record.words, **_texts(made))
            if name in kind.fresh and isinstance(value, str)
            else value
            for name, value in made.items()
        }

    def _renamed(self, asked: Held) -> Held:
        made = self._kind.mend(asked) if self._kind.mend else asked
        return {self._kind.renamed.get(name, name): value for name, value in made.items()}

    def _key(self, made: Held) -> str:
        return "/".join(str(made.get(name)) for name in (*self._kind.parents, self._kind.identity))

    def _read(self, model: Any, context: Any, **_: Any) -> Answer:
        asked = parameters(context)
        found = self._find(asked)
        version = asked.get(self._kind.version) if self._kind.version else None
        if found is not None and version not in (None, "DRAFT"):
            found = found.get("_versions", {}).get(version)
        return self._absent(asked) if found is None else answer(fit(model.output_shape, found))

    def _batch(self, model: Any, context: Any, **_: Any) -> Answer:
        wanted = {name for value in parameters(context).values() if isinstance(value, list) for name in value}
        found = [made for made in self._held.values() if wanted & {made[self._kind.identity], made.get("name")}]
        return answer(fit_all(model.output_shape, found))

    def _list(self, model: Any, context: Any, **_: Any) -> Answer:
        kind, asked = self._kind, parameters(context)
        listed: Iterable[Held] = self._held.values()
        if any(name in asked for name in self._named() if name not in kind.parents):
            found = self._find(asked)
            listed = [found, *found.get("_versions", {}).values()] if found is not None else []
        words = {name: name for name in kind.parents} | dict(kind.filters)
        wanted = {words[name]: {value, value.rpartition("/")[2]} for name, value in asked.items() if name in words}
        listed = [made for made in listed if all(made.get(name) in values for name, values in wanted.items())]
        return answer(fit_all(model.output_shape, listed))

    def _update(self, model: Any, context: Any, **_: Any) -> Answer:
        asked = parameters(context)
        found = self._find(asked)
        if found is None:
            return self._absent(asked)
        names = set(self._named()) - {self._kind.identity}
        found.update({name: value for name, value in self._renamed(asked).items() if name not in names})
        return answer(fit(model.output_shape, found))

    def _delete(self, model: Any, context: Any, **_: Any) -> Answer:
        asked = parameters(context)
        found = self._find(asked)
        if found is None:
            return self._absent(asked)
        del self._held[self._key(found)]
        return answer(fit(model.output_shape, found))

    def _publish(self, model: Any, context: Any, **_: Any) -> Answer:
        asked = parameters(context)
        found = self._find(asked)
        if found is None:
            return self._absent(asked)
        versions = found.setdefault("_versions", {})
        version = str(len(versions) + 1)
        kept = {name: value for name, value in found.items() if name != "_versions"} | {"version": version}
        if self._kind.version_arn:
            kept[self._kind.arn_member] += f":{version}"
        versions[version] = kept | {name: asked[name] for name in ("description", "tags") if name in asked}
        return answer(fit(model.output_shape, versions[version]))

    def _named(self) -> tuple[str, ...]:
        return self._kind.named or (self._kind.identity,)

    def _find(self, asked: Held) -> Held | None:
        wanted = [asked[name] for name in self._named() if name in asked]
        for made in self._held.values():
            names = {made.get(self._kind.identity), made.get(self._kind.arn_member), made.get("name")}
            agrees = all(made.get(name) == asked[name] for name in self._kind.parents if name in asked)
            if agrees and wanted and all(name in names for name in wanted):
                return made
        return None

    def _absent(self, asked: Held) -> Answer:
        name = "/".join(str(asked[name]) for name in (*self._kind.parents, *self._named()) if name in asked)
        code = "ResourceNotFound" if self._kind.service == "sagemaker" else "ResourceNotFoundException"
        return refuse(code, f"there is no {self._kind.name} {name}", 404)


_TIMES = dict.fromkeys(("createdAt", "updatedAt", "createdDate", "lastModifiedDate", "CreationTime"), CREATED) | {
    "LastModifiedTime": CREATED,
    "CreatedTimestamp": CREATED,
    "UpdatedTimestamp": CREATED,
}


def _texts(made: Held) -> dict[str, str]:
    return {name: value for name, value in made.items() if isinstance(value, str)}


def fit(shape: Any, held: Held) -> Held:
    """What of a held thing an output structure has a place for, at the top or within its only structure."""
    if shape is None:
        return {}
    found = {name: held[name] for name in shape.members if name in held}
    inner = [name for name, member in shape.members.items() if member.type_name == "structure"]
    if not found and len(inner) == 1:
        return {inner[0]: fit(shape.members[inner[0]], held)}
    return found


def fit_all(shape: Any, held: Iterable[Held]) -> Held:
    """The output of a list operation: its list of structures, one for each held thing."""
    for name, member in shape.members.items():
        if member.type_name == "list" and member.member.type_name == "structure":
            return {name: [fit(member.member, made) for made in held]}
    raise TypeError(f"{shape.name} has no list of structures")
