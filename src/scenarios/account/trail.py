"""CloudTrail trails, event data stores, and the log groups that they feed."""

from __future__ import annotations

from scenarios.account.base import Fact, Policy


class FieldSelector(Fact):
    """One condition of an advanced selector: `field` and its operators, all of which must be met."""

    field: str
    equals: tuple[str, ...] = ()
    not_equals: tuple[str, ...] = ()
    starts_with: tuple[str, ...] = ()
    not_starts_with: tuple[str, ...] = ()
    ends_with: tuple[str, ...] = ()
    not_ends_with: tuple[str, ...] = ()


class AdvancedSelector(Fact):
    """An advanced event selector: the conditions are ANDed; several selectors are ORed."""

    name: str | None = None
    fields: tuple[FieldSelector, ...] = ()


class BasicSelector(Fact):
    """A basic event selector; `read_write` is `All`, `ReadOnly` or `WriteOnly`."""

    read_write: str = "All"
    management: bool = True
    data_resources: tuple[tuple[str, tuple[str, ...]], ...] = ()
    excluded_sources: tuple[str, ...] = ()


class Trail(Fact):
    """A trail. Either kind of selector is set, never both; with neither, AWS records all management events."""

    name: str
    arn: str
    bucket: str
    prefix: str | None = None
    home_region: str | None = None
    multi_region: bool = False
    global_events: bool = True
    organization: bool = False
    validation: bool = False
    logging: bool | None = None
    kms_key: str | None = None
    log_group_arn: str | None = None
    log_group_role: str | None = None
    topic: str | None = None
    basic_selectors: tuple[BasicSelector, ...] = ()
    advanced_selectors: tuple[AdvancedSelector, ...] = ()


class EventDataStore(Fact):
    """A CloudTrail Lake event data store."""

    name: str
    arn: str
    multi_region: bool = True
    retention_days: int | None = None
    kms_key: str | None = None
    advanced_selectors: tuple[AdvancedSelector, ...] = ()


class LogGroup(Fact):
    """A CloudWatch log group; no `retention_days` means that events never expire."""

    name: str
    arn: str
    retention_days: int | None = None
    kms_key: str | None = None


class LogResourcePolicy(Fact):
    """A CloudWatch Logs resource policy."""

    name: str
    policy: Policy


class MetricFilter(Fact):
    """A metric filter on a log group."""

    name: str
    log_group: str
    pattern: str
