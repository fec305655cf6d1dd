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
_OWN = ":{region}:{account}:"
_STARTS = (
    ("lambda", "lambda:CreateFunction", "function:any-function-at-all"),
    ("ec2", "ec2:RunInstances", "instance/any-instance-at-all"),
    ("ecs-tasks", "ecs:RunTask", "task-definition/any-task-at-all:1"),
    ("cloudformation", "cloudformation:CreateStack", "stack/any/any"),
    ("glue", "glue:CreateJob", "job/any-job-at-all"),
    ("glue", "glue:CreateDevEndpoint", "devEndpoint/any-at-all"),
    ("glue", "glue:CreateSession", "session/any-at-all"),
    ("codebuild", "codebuild:CreateProject", "project/any-at-all"),
    ("tasks.apprunner", "apprunner:CreateService", "service/any-at-all/any"),
    ("sagemaker", "sagemaker:CreateNotebookInstance", "notebook-instance/any-at-all"),
    ("sagemaker", "sagemaker:CreateTrainingJob", "training-job/any-at-all"),
    ("sagemaker", "sagemaker:CreateProcessingJob", "processing-job/any-at-all"),
    ("bedrock-agentcore", "bedrock-agentcore:CreateCodeInterpreter", "code-interpreter/any-at-all"),
    ("bedrock-agentcore", "bedrock-agentcore:CreateAgentRuntime", "runtime/any-at-all"),
)
"""Services that run one's own code with a role that is passed to them, and the calls that start it."""

_TAKEN = (
    ("lambda:UpdateFunctionCode", "lambda", "function:any-function-at-all"),
    ("lambda:UpdateFunctionConfiguration", "lambda", "function:any-function-at-all"),
    ("ssm:SendCommand", "ec2", "instance/any-instance-at-all"),
    ("ssm:StartSession", "ec2", "instance/any-instance-at-all"),
    ("ec2-instance-connect:SendSSHPublicKey", "ec2", "instance/any-instance-at-all"),
    ("ecs:ExecuteCommand", "ecs", "task/any-cluster/any-task-at-all"),
    ("cloudformation:UpdateStack", "cloudformation", "stack/any/any"),
    ("codebuild:StartBuild", "codebuild", "project/any-at-all"),
    ("glue:UpdateDevEndpoint", "glue", "devEndpoint/any-at-all"),
    ("sagemaker:CreatePresignedNotebookInstanceUrl", "sagemaker", "notebook-instance/any-at-all"),
    ("bedrock-agentcore:InvokeCodeInterpreter", "bedrock-agentcore", "code-interpreter/any-at-all"),
    ("bedrock-agentcore:InvokeAgentRuntimeCommand", "bedrock-agentcore", "runtime/any-at-all"),
)
"""Calls that put one's own code where a role is already, each with the service and name of its resource."""


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

    By a policy or credentials for any principal, by the trust of any role, by code that it starts with any role, or by
    code that it puts into whatever runs with one. Asked for principals, roles and resources that nobody names.

    Source: "Permissions boundaries for IAM entities", section on delegating responsibility to others,
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    """
    for holder in holders(account):
        if not administers(account, holder).allowed:
            decisions = [*_direct(account, holder), *_by_passing(account, holder), *_by_taking(account, holder)]
            yield from told(holder, decisions, "may give itself more permissions")


def _direct(account: Account, holder: Holder) -> Iterator[tuple[str, Decision]]:
    for kind, names in _ON.items():
        for name in names:
            yield f"iam:{name}", granted(account, holder, f"iam:{name}", f"{_IAM}{kind}/any-{kind}-at-all")


def _by_passing(account: Account, holder: Holder) -> Iterator[tuple[str, Decision]]:
    """The decision on the pass, where the start is not denied."""
    for service, action, resource in _STARTS:
        start = granted(account, holder, action, f"arn:{{partition}}:{action.partition(':')[0]}{_OWN}{resource}")
        if not start.denied:
            passed = granted(
                account, holder, "iam:PassRole", ANY_ROLE, {"iam:passedtoservice": f"{service}.amazonaws.com"}
            )
            worse = passed if passed.denied or start.allowed else start
            yield f"iam:PassRole with {action}", worse


def _by_taking(account: Account, holder: Holder) -> Iterator[tuple[str, Decision]]:
    for action, service, resource in _TAKEN:
        yield action, granted(account, holder, action, f"arn:{{partition}}:{service}{_OWN}{resource}")
