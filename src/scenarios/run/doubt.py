"""Where a judgement hangs on what is not known, the verdict is unknown.

This is the one place that turns a rule's verdict into *unknown* after the fact. Four things do: a transform that we
cannot expand, a resource that the emulated account does not show and that is connected with what the judgement is
about, a value that hangs on something unknown before deployment, and facts that could not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scenarios.account import Unread
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.ledger import Entry, Status
from scenarios.finding import Judgement, Origin, Verdict

_DISTINCTIVE = 12
"""The length from which on a placeholder is not found in a message by chance."""
_STAND_IN = re.compile(r"\bunknown-[a-z0-9]+")
_LOST = (Status.FAILED, Status.UNSUPPORTED)
_OWNERS = {
    "aoss": "OpenSearchServerless",
    "bedrock": "Bedrock",
    "cloudtrail": "CloudTrail",
    "ec2": "EC2",
    "ecr": "ECR",
    "ecs": "ECS",
    "iam": "IAM",
    "kms": "KMS",
    "lambda": "Lambda",
    "logs": "Logs",
    "s3": "S3",
    "sagemaker": "SageMaker",
    "secretsmanager": "SecretsManager",
    "sns": "SNS",
    "sqs": "SQS",
}
"""Which resource types hang on a fact that could not be read, by the first step of its path."""


class Doubt:
    """What is not known about one deployment."""

    def __init__(self, deployment: Deployment, unread: Iterable[Unread] = ()) -> None:
        self._deployment = deployment
        self._unread = tuple(mark for mark in unread if not _reasoned_about(mark))
        self._missing = tuple(entry for entry in deployment.ledger if _missing(entry))

    @property
    def transforms(self) -> str | None:
        """The reason that nothing can be said of the whole template."""
        names = [unsupported.name for unsupported in self._deployment.template.unsupported]
        return f"the template uses {', '.join(names)}, which cannot be expanded here" if names else None

    def about_absence(self, types: Iterable[str]) -> str | None:
        """The reason why nobody can say that there is no resource of these types."""
        wanted = set(types)
        lost = next((entry for entry in self._missing if entry.type in wanted), None)
        return self.transforms or (_reason(lost) if lost else None) or next(self._unseen(wanted), None)

    def about(self, judgement: Judgement, needs: Iterable[str]) -> str | None:
        """The reason why this judgement may be wrong, if there is one."""
        wanted = set(needs)
        reasons = [
            *([self.transforms] if self.transforms and judgement.verdict is not Verdict.VIOLATED else []),
            *(_reason(entry) for entry in self._missing if entry.type in wanted and self._touches(entry, judgement)),
            *self._unseen(wanted),
            *self._unmapped(judgement),
            *self._uncertain(judgement),
            *self._stand_ins(judgement),
        ]
        return reasons[0] if reasons else None

    def _unseen(self, types: Iterable[str]) -> Iterator[str]:
        """Why facts of these types' services are not known."""
        services = {resource_type.split("::")[1] for resource_type in types}
        for mark in self._unread:
            if _OWNERS.get(mark.what.partition(".")[0]) in services:
                yield f"{mark.what}{f' of {mark.name}' if mark.name else ''} could not be read: {mark.reason}"

    def _touches(self, entry: Entry, judgement: Judgement) -> bool:
        """Whether the missing resource is one of the judgement's own, or refers to one, or is referred to by one."""
        about = {origin.logical_id for origin in judgement.about}
        if entry.logical_id in about or about & self._deployment.references.get(entry.logical_id, frozenset()):
            return True
        return any(entry.logical_id in self._deployment.references.get(name, ()) for name in about)

    def _unmapped(self, judgement: Judgement) -> Iterator[str]:
        for origin in judgement.about:
            entry = self._deployment.entry(origin.logical_id)
            own = ".".join(str(step) for step in origin.path[1:])
            for path in entry.unmapped if entry and own else ():
                if _overlap(own, path):
                    yield f"{origin.logical_id}'s {path} is not shown by the emulated account"

    def _uncertain(self, judgement: Judgement) -> Iterator[str]:
        for origin in judgement.about:
            for path, reason in self._deployment.origins.uncertain_within(origin):
                if _hangs(origin, path):
                    yield reason

    def _stand_ins(self, judgement: Judgement) -> Iterator[str]:
        """A judgement whose words name a value that was invented hangs on it, whatever its facts say."""
        for name, value in self._deployment.placeholders.items():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and len(text) >= _DISTINCTIVE and text in judgement.message:
                    yield f"parameter {name} has no value"
        if found := _STAND_IN.search(judgement.message):
            yield f"{found[0]} stands for a value that is not known before deployment"


def _reasoned_about(mark: Unread) -> bool:
    """The policies of a single role, user or group: decisions that hang on them are unknown by themselves."""
    return mark.name is not None and mark.what.startswith("iam.")


def _missing(entry: Entry) -> bool:
    """A skipped resource is missing only where it waits on a failed one; a false condition is an answer."""
    return entry.status in (*_LOST, Status.RECORDED) or (entry.status is Status.SKIPPED and bool(entry.reason))


def _reason(entry: Entry) -> str:
    said = f" ({entry.reason})" if entry.reason else ""
    return f"{entry.logical_id} ({entry.type}) is {entry.status.value}, not deployed{said}"


def _hangs(origin: Origin, relative: tuple[str | int, ...]) -> bool:
    """A whole resource is in doubt only where all of it is; a property also where a part of it is."""
    return relative == () or len(origin.path) > 1


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")
