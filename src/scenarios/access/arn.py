"""Parts of ARNs: `arn:partition:service:region:account:resource`.

Source: "Amazon Resource Names (ARNs)", https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations


def account_of(arn: str) -> str | None:
    """The account that an ARN names.

    Nothing for an ARN without one (a bucket's, a foundation model's), and for any other text.
    """
    parts = arn.split(":", 5)
    named = parts[4] if len(parts) == 6 and parts[0] == "arn" else ""
    return named if named.isdecimal() else None
