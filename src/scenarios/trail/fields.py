"""The conditions of an advanced event selector, one field at a time: which events they take.

Source: the AdvancedFieldSelector reference,
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from scenarios.account.trail import FieldSelector


class Extent(IntEnum):
    """How much of a call's events is taken; comparable."""

    NONE = 0
    PART = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Receiver:
    """A resource that receives a call, as `resources.ARN` names it in the event.

    With `more`, the ARN goes on with something that is not known here: an alias of a flow, a version of a prompt.
    """

    arn: str
    more: bool = False


def meets(field: FieldSelector, value: str) -> bool:
    """Whether `value` meets every operator of the field; each operator is met by any of its values."""
    wanted = (
        not field.equals or value in field.equals,
        not field.starts_with or value.startswith(field.starts_with),
        not field.ends_with or value.endswith(field.ends_with),
        value not in field.not_equals,
        not (field.not_starts_with and value.startswith(field.not_starts_with)),
        not (field.not_ends_with and value.endswith(field.not_ends_with)),
    )
    return all(wanted)


def taken(field: FieldSelector, receiver: Receiver) -> Extent:
    """How many of the receiver's events a condition on `resources.ARN` takes."""
    if not receiver.more:
        return Extent.ALL if meets(field, receiver.arn) else Extent.NONE
    return min(_below(field, receiver.arn), default=Extent.ALL)


def _below(field: FieldSelector, head: str) -> Iterator[Extent]:
    """What each operator takes of all ARNs that begin with `head`."""
    if field.equals:
        yield _some(value.startswith(head) for value in field.equals)
    if field.starts_with:
        whole = any(head.startswith(value) for value in field.starts_with)
        yield Extent.ALL if whole else _some(value.startswith(head) for value in field.starts_with)
    if any(head.startswith(value) for value in field.not_starts_with):
        yield Extent.NONE
    if any(value.startswith(head) for value in (*field.not_equals, *field.not_starts_with)):
        yield Extent.PART
    if field.ends_with or field.not_ends_with:
        yield Extent.PART


def _some(hits: Iterable[bool]) -> Extent:
    return Extent.PART if any(hits) else Extent.NONE
