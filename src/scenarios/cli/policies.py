"""Policy documents from files."""

from __future__ import annotations

from scenarios.access.collect import EVERYTHING
from scenarios.access.statement import compile_policy, well_formed
from scenarios.account.base import Policy
from scenarios.errors import InputError

_SCP_DEFAULT = EVERYTHING.model_copy(update={"name": "FullAWSAccess"})
_RCP_DEFAULT = Policy(
    name="RCPFullAWSAccess",
    text='{"Statement": [{"Action": "*", "Effect": "Allow", "Principal": "*", "Resource": "*"}], '
    '"Version": "2012-10-17"}',
)


def policy_of(file: str, *, principals: bool = False) -> Policy:
    """The policy in a JSON file; `principals` tells whether one of its kind names principals.

    Raises InputError where it cannot be read, or where AWS would refuse it.
    """
    try:
        with open(file, encoding="utf-8-sig") as opened:
            policy = Policy.model_construct(name=file, text=opened.read())
    except OSError as error:
        raise InputError(f"cannot read the policy: {error.strerror}", file=file) from error
    except UnicodeDecodeError as error:
        raise InputError("the policy is no UTF-8 text", file=file) from error
    well_formed(policy, principals=principals)
    return policy


def scp_level(file: str) -> tuple[Policy, ...]:
    """One level of service control policies: the one in the file."""
    return _level(policy_of(file), _SCP_DEFAULT)


def rcp_level(file: str) -> tuple[Policy, ...]:
    """One level of resource control policies: the one in the file."""
    return _level(policy_of(file, principals=True), _RCP_DEFAULT)


def _level(policy: Policy, default: Policy) -> tuple[Policy, ...]:
    """A policy beside the full access that AWS attaches by default, where it only denies."""
    allows = any(statement.allow for statement in compile_policy(policy).statements)
    return (policy,) if allows else (default, policy)
