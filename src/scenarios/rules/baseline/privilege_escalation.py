from __future__ import annotations

from collections.abc import Iterator

from scenarios.access import Decision
from scenarios.account import Account
from scenarios.finding import Judgement, Severity
from scenarios.rules.holders import ANY_ROLE, POLICY_TYPES, Holder, administers, granted, holders, told
from scenarios.rules.rule import rule
from scenarios.rules.scope import Scope

_IAM = "arn:{partition}:iam::{account}:"
_ON = {
    "policy": ("CreatePolicyVersion", "SetDefaultPolicyVersion"),
    "user": (
        *("AttachUserPolicy", "PutUserPolicy", "CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile"),
        "DeleteUserPermissionsBoundary",
    ),
    "group": ("AttachGroupPolicy", "PutGroupPolicy", "AddUserToGroup"),
    "role": ("AttachRolePolicy", "PutRolePolicy", "UpdateAssumeRolePolicy", "DeleteRolePermissionsBoundary"),
}
_SAGEMAKER = "arn:{partition}:sagemaker:{region}:{account}:"
_STARTS = (
    ("lambda", "lambda:CreateFunction", "arn:{partition}:lambda:{region}:{account}:function:any-function-at-all"),
    ("ec2", "ec2:RunInstances", "arn:{partition}:ec2:{region}:{account}:instance/any-instance-at-all"),
    ("ecs-tasks", "ecs:RunTask", "arn:{partition}:ecs:{region}:{account}:task-definition/any-task-at-all:1"),
    ("cloudformation", "cloudformation:CreateStack", "arn:{partition}:cloudformation:{region}:{account}:stack/any/any"),
    ("glue", "glue:CreateJob", "arn:{partition}:glue:{region}:{account}:job/any-job-at-all"),
    ("codebuild", "codebuild:CreateProject", "arn:{partition}:codebuild:{region}:{account}:project/any-at-all"),
    (
        "sagemaker",
        "sagemaker:CreateNotebookInstance",
        f"{_SAGEMAKER}notebook-instance/any-at-all",
    ),
    (
        "sagemaker",
        "sagemaker:CreateTrainingJob",
        f"{_SAGEMAKER}training-job/any-at-all",
    ),
)
"""Services that run one's own code with a role that is passed to them, and the calls that start it."""


@rule(
    severity=Severity.HIGH,
    needs=POLICY_TYPES,
    remediation="Name the principals, policies and roles in Resource, or set a permissions boundary.",
    controls=(
        "CKV_AWS_110",
        "Prowler/iam_inline_policy_allows_privilege_escalation",
        "Prowler/iam_policy_allows_privilege_escalation",
    ),
)
def privilege_escalation(account: Account, scope: Scope) -> Iterator[Judgement]:
    """Nobody may give itself more permissions than it has.

    By a policy or credentials for any principal, by the trust of any role, or by code that it starts with any role.
    Asked for principals and roles that nobody names.

    Source: "Permissions boundaries for IAM entities", section on delegating responsibility to others,
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    """
    for holder in holders(account):
        if not administers(account, holder).allowed:
            decisions = [*_direct(account, holder), *_by_passing(account, holder)]
            yield from told(holder, decisions, "may give itself more permissions")


def _direct(account: Account, holder: Holder) -> Iterator[tuple[str, Decision]]:
    for kind, names in _ON.items():
        for name in names:
            yield f"iam:{name}", granted(account, holder, f"iam:{name}", f"{_IAM}{kind}/any-{kind}-at-all")


def _by_passing(account: Account, holder: Holder) -> Iterator[tuple[str, Decision]]:
    """The decision on the pass, where the start is not denied."""
    for service, action, resource in _STARTS:
        start = granted(account, holder, action, resource)
        if not start.denied:
            passed = granted(
                account, holder, "iam:PassRole", ANY_ROLE, {"iam:passedtoservice": f"{service}.amazonaws.com"}
            )
            worse = passed if passed.denied or start.allowed else start
            yield f"iam:PassRole with {action}", worse
