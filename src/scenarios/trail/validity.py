"""What CloudTrail refuses in an advanced event selector.

`eventCategory` is required, and set by Equals to the one value of the kind of events. Data events need
`resources.type`, network activity events `eventSource`. `resources.type` takes Equals only and stands once in a
selector: another type takes another selector. `readOnly` takes Equals only as well.

Source: the AdvancedFieldSelector reference,
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
"""

from __future__ import annotations

from scenarios.account.trail import AdvancedSelector, FieldSelector

_ONE_VALUE = ("eventCategory", "resources.type")
_EQUALS_ONLY = (*_ONE_VALUE, "readOnly")
_REQUIRED = {"Data": "resources.type", "NetworkActivity": "eventSource"}
"""The field that a selector of each category needs besides `eventCategory`."""
_OTHER_OPERATORS = {
    "NotEquals": "not_equals",
    "StartsWith": "starts_with",
    "NotStartsWith": "not_starts_with",
    "EndsWith": "ends_with",
    "NotEndsWith": "not_ends_with",
}


def flaw(selector: AdvancedSelector) -> str | None:
    """Why CloudTrail refuses the selector, if it does."""
    for field in selector.fields:
        if field.field in _EQUALS_ONLY and (operators := _operators(field)):
            return f"{field.field} takes Equals only, and not {', '.join(operators)}"
    for name in _ONE_VALUE:
        values = [value for field in selector.fields if field.field == name for value in field.equals]
        if len(values) > 1:
            return f"{name} takes one value in a selector, and not both {' and '.join(values)}"
    return _missing(selector)


def _operators(field: FieldSelector) -> list[str]:
    return [operator for operator, attribute in _OTHER_OPERATORS.items() if getattr(field, attribute)]


def _missing(selector: AdvancedSelector) -> str | None:
    """Which field it lacks, in words."""
    fields = {field.field: field for field in selector.fields}
    if "eventCategory" not in fields:
        return "it has no eventCategory"
    category = "".join(fields["eventCategory"].equals)
    required = _REQUIRED.get(category)
    return f"a selector of {category} events needs {required}" if required and required not in fields else None
