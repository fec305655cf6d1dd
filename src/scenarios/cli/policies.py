"""Policy documents from files."""

from __future__ import annotations

from scenarios.access.statement import MalformedPolicy, compile_text
from scenarios.account.base import Policy
from scenarios.errors import InputError

_FULL_ACCESS = '{"Statement": [{"Action": "*", "Effect": "Allow", "Resource": "*"}], "Version": "2012-10-17"}'


def policy_of(file: str) -> Policy:
    """The policy in a JSON file.

    Raises InputError where it cannot be read, or where AWS would refuse it.
    """
    try:
        with open(file, encoding="utf-8-sig") as opened:
            text = opened.read()
    except OSError as error:
        raise InputError(f"cannot read the policy: {error.strerror}", file=file) from error
    except UnicodeDecodeError as error:
        raise InputError("the policy is no UTF-8 text", file=file) from error
    try:
        compile_text(text, ())
    except MalformedPolicy as error:
        raise InputError(error.cause, file=file) from error
    return Policy(name=file, text=text)


def level_of(file: str) -> tuple[Policy, ...]:
    """One level of an organisation's policies: the one in the file, beside the full access that AWS attaches by default
    where the file only denies."""
    policy = policy_of(file)
    statements = policy.document.get("Statement", [])
    listed = statements if isinstance(statements, list) else [statements]
    if any(statement.get("Effect") == "Allow" for statement in listed):
        return (policy,)
    return (Policy(name="FullAWSAccess", text=_FULL_ACCESS), policy)
