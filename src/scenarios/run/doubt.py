"""Where a judgement hangs on what is not known, the verdict is unknown.

This is the one place that turns a rule's verdict into *unknown* after the fact. Five things do: a transform that we
cannot expand, a resource that the emulated account does not show and that is connected with what the judgement is
about, a value that hangs on something unknown before deployment, facts that could not be read, and, where a judgement
says that there is none of something, whatever may hold one unseen (a nested stack, a module, a custom resource).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from scenarios.account import Unread
from scenarios.deployment.deployment import Deployment
from scenarios.deployment.ledger import Entry, Status
from scenarios.deployment.recorded import is_custom, is_module
from scenarios.finding import Judgement, Origin, Verdict

_DISTINCTIVE = 12
"""The length from which on a placeholder is not found in a message by chance."""
_STAND_IN = re.compile(r"\bunknown-[a-z0-9]+")
_LOST = (Status.FAILED, Status.UNSUPPORTED)
_OWNERS = {
    "agentcore": "BedrockAgentCore",
    "aoss": "OpenSearchServerless",
    "bedrock": "Bedrock",
    "cloudtrail": "CloudTrail",
    "config": "Config",
    "ec2": "EC2",
    "ecr": "ECR",
    "ecs": "ECS",
    "guardduty": "GuardDuty",
    "iam": "IAM",
    "kms": "KMS",
    "lambda": "Lambda",
    "logs": "Logs",
    "macie2": "Macie",
    "opensearch": "OpenSearchService",
    "s3": "S3",
    "sagemaker": "SageMaker",
    "secretsmanager": "SecretsManager",
    "sns": "SNS",
    "sqs": "SQS",
}
"""Which resource types hang on a fact that could not be read, by the first step of its path."""
_OPAQUE = {
    "AWS::CloudFormation::Stack": "a nested stack's template is not read here",
    "AWS::CloudFormation::StackSet": "a stack set's template is not read here",
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct": "a product's template is not read here",
    "AWS::Serverless::Application": "an application out of the Serverless Application Repository is not read here",
}
"""What holds resources of any type that are not seen here."""
_COMPUTE = frozenset(
    {"AWS::Lambda::Function", "AWS::EC2::Instance", "AWS::ECS::Service", "AWS::AutoScaling::AutoScalingGroup"}
)
_ENDPOINT = "AWS::EC2::VPCEndpoint"
_ROUTE, _TABLE = "AWS::EC2::Route", "AWS::EC2::RouteTable"
_ZONE = "AWS::Route53::HostedZone"
_POLICIES = frozenset({"AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy"})
_IDENTITIES = frozenset({"AWS::IAM::Role", "AWS::IAM::InstanceProfile"})


class Doubt:
    """What is not known about one deployment."""

    def __init__(self, deployment: Deployment, unread: Iterable[Unread] = ()) -> None:
        self._deployment = deployment
        self._unread = tuple(mark for mark in unread if not _reasoned_about(mark))
        self._missing = tuple(entry for entry in deployment.ledger if _missing(entry))

    def undeployed(self, types: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The logical ids of the resources of these types that the account does not show, each with the reason."""
        wanted = frozenset(types)
        yield from ((entry.logical_id, _reason(entry)) for entry in self._missing if entry.type in wanted)

    @property
    def transforms(self) -> str | None:
        """The reason that nothing can be said of the whole template."""
        names = [unsupported.name for unsupported in self._deployment.unsupported]
        return f"the template uses {', '.join(names)}, which cannot be expanded here" if names else None

    def about_absence(self, types: Iterable[str]) -> str | None:
        """The reason why nobody can say that the template holds nothing that is made of these types.

        Narrower than "one of these types is missing": a missing resource counts only where it could be what is looked
        for, or lead to it (`_leads`). Custom resources do not count: every other template has one, for something that
        CloudFormation lacks, and nothing in the template speaks of a subject then.
        """
        return next(self._why_unseen(set(types)), None)

    def _why_unseen(self, wanted: set[str]) -> Iterator[str]:
        if self.transforms:
            yield self.transforms
        yield from (_reason(entry) for entry in self._missing if entry.type in wanted and self._leads(entry, wanted))
        yield from (f"{entry.logical_id} ({entry.type}): {why}" for entry in self._there if (why := _opaque(entry)))
        yield from self._unseen(wanted)

    def _lacking(self, absent: set[str]) -> Iterator[str]:
        """Why what a judgement says to be lacking may be there all the same; a custom resource may make anything."""
        if not absent:
            return
        yield from self._why_unseen(absent)
        for entry in self._there:
            if is_custom(entry.type) or not (entry.type.startswith("AWS::") or is_module(entry.type)):
                yield f"{entry.logical_id} ({entry.type}) may make what is lacking: its code is never run here"

    @cached_property
    def _there(self) -> tuple[Entry, ...]:
        """What the template makes or means to make: all but what a false condition leaves out."""
        return tuple(entry for entry in self._deployment.ledger if not entry.absent)

    def _leads(self, entry: Entry, wanted: set[str]) -> bool:
        """Whether a missing resource of a wanted type could be what is looked for, or lead to it.

        A policy or an endpoint is nothing by itself: it makes a subject of a resource that the template holds as well.
        Who asks for functions, instances or services asks for what they may call, so that a role too leads to one only
        where there is any of them, whichever of them the types name. An endpoint leads to callers of its own service;
        an instance without a profile has no credentials, and counts only where an endpoint may have been made for it.
        None of this lets a subject pass that is there: the template would have to hold what is looked for here.
        """
        compute = _COMPUTE if wanted & _COMPUTE else frozenset()
        additions = {_ENDPOINT, *_POLICIES, *(_IDENTITIES if compute else ())}
        hosts = (wanted | compute) - additions
        if entry.type in additions and hosts and not any(other.type in hosts for other in self._there):
            return False
        if entry.type == _ENDPOINT:
            return self._serves(entry, wanted)
        if entry.type == "AWS::EC2::Instance" and self._has_no_credentials(entry):
            return any(other.type == _ENDPOINT and self._serves(other, wanted) for other in self._there)
        return True

    def _serves(self, endpoint: Entry, wanted: set[str]) -> bool:
        """Whether a VPC endpoint is for a service that the types are about.

        Bedrock's endpoints always are. SageMaker's workloads need those of other services too; and who names types of
        EC2 alone asks for endpoints of all services.
        """
        service = self._service(endpoint)
        about = {kind.split("::")[1].lower() for kind in wanted} - {"ec2"}
        return service is None or service.startswith("bedrock") or not about or bool(about & {service, "sagemaker"})

    def _service(self, endpoint: Entry) -> str | None:
        """The service of `com.amazonaws.REGION.SERVICE` or `aws.SERVICE.REGION...`; nothing where it is not known."""
        name = self._deployment.resolved.get(endpoint.logical_id, {}).get("ServiceName")
        if not isinstance(name, str) or any(self._uncertain_at(endpoint, "Properties", "ServiceName")):
            return None
        parts = name.split(".")
        return (parts[1] if parts[0] == "aws" else parts[3]) if len(parts) > 3 else None

    def _has_no_credentials(self, instance: Entry) -> bool:
        """Whether an instance for certain has neither a profile nor a launch template that may name one."""
        properties = self._deployment.resolved.get(instance.logical_id)
        return properties is not None and not any(
            name in properties or any(self._uncertain_at(instance, "Properties", name))
            for name in ("IamInstanceProfile", "LaunchTemplate")
        )

    def _uncertain_at(self, entry: Entry, *place: str) -> Iterable[object]:
        return self._deployment.origins.uncertain_within(Origin(entry.logical_id, place))

    def about(self, judgement: Judgement, needs: Iterable[str]) -> str | None:
        """The reason why this judgement may be wrong, if there is one."""
        wanted = set(needs)
        reasons = [
            *([self.transforms] if self.transforms and judgement.verdict is not Verdict.VIOLATED else []),
            *(_reason(entry) for entry in self._missing if entry.type in wanted and self._touches(entry, judgement)),
            *self._handed(judgement, wanted),
            *self._lacking(set(judgement.absent)),
            *self._unseen(wanted),
            *self._unmapped(judgement),
            *self._uncertain(judgement),
            *self._stand_ins(judgement),
        ]
        return reasons[0] if reasons else None

    def _handed(self, judgement: Judgement, wanted: set[str]) -> Iterator[str]:
        """What may add a route to a table that it is handed: a nested stack, a module, a custom resource."""
        if _ROUTE not in wanted or judgement.verdict is Verdict.VIOLATED:
            return
        about = {origin.logical_id for origin in judgement.about}
        tables = {name for name in about if (entry := self._deployment.entry(name)) and entry.type == _TABLE}
        for entry in self._there if tables else ():
            unseen = _opaque(entry) is not None or is_custom(entry.type)
            if unseen and tables & self._deployment.references.get(entry.logical_id, frozenset()):
                yield f"{entry.logical_id} ({entry.type}) may add routes to what it is handed: it is not read here"

    def _unseen(self, types: Iterable[str]) -> Iterator[str]:
        """Why facts of these types' services are not known."""
        services = {resource_type.split("::")[1] for resource_type in types}
        for mark in self._unread:
            if _OWNERS.get(mark.what.partition(".")[0]) in services:
                yield f"{mark.what}{f' of {mark.name}' if mark.name else ''} could not be read: {mark.reason}"

    def _touches(self, entry: Entry, judgement: Judgement) -> bool:
        """Whether the missing resource is one of the judgement's own, or refers to one, or is referred to by one. A
        private zone touches a network only where it is for names of AWS.

        What a judgement without any origin is about may be what a failed resource has left behind.
        """
        if entry.type == _ZONE and not _of_aws(self._deployment.resolved.get(entry.logical_id, {}).get("Name")):
            return False
        if not judgement.about:
            return True
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


def _of_aws(name: object) -> bool:
    """Whether a private zone of this name changes what names of AWS's services mean."""
    text = str(name or "").rstrip(".").lower()
    return text.endswith(("amazonaws.com", "amazonaws.com.cn", ".aws", "api.aws")) or text in ("com", "aws")


def _opaque(entry: Entry) -> str | None:
    """Why the resources that this one holds are not seen; those of a nested stack that was deployed are."""
    if entry.type == "AWS::CloudFormation::Stack" and entry.status is Status.DEPLOYED:
        return None
    return "a module is not expanded here" if is_module(entry.type) else _OPAQUE.get(entry.type)


def _reason(entry: Entry) -> str:
    said = f" ({entry.reason})" if entry.reason else ""
    return f"{entry.logical_id} ({entry.type}) is {entry.status.value}, not deployed{said}"


def _hangs(origin: Origin, relative: tuple[str | int, ...]) -> bool:
    """A whole resource is in doubt only where all of it is; a property also where a part of it is."""
    return relative == () or len(origin.path) > 1


def _overlap(one: str, other: str) -> bool:
    return one == other or one.startswith(other + ".") or other.startswith(one + ".")
