"""Does a private app reach Bedrock through the endpoint, and only that way?"""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.account import Account
from scenarios.account.workload import EcsService, EcsTask, Instance, LambdaFunction, ScalingGroup, Workload
from scenarios.rules.bedrock_mantle_bypass import bedrock_mantle_bypass
from scenarios.rules.endpoint_dns import endpoint_dns
from scenarios.rules.endpoint_group_ingress import endpoint_group_ingress
from scenarios.rules.endpoint_missing import endpoint_missing
from scenarios.rules.endpoint_policy_open import endpoint_policy_open
from scenarios.rules.grants import hidden_policies
from scenarios.rules.guardrail_not_enforced import guardrail_not_enforced
from scenarios.rules.inference_profile_incomplete import inference_profile_incomplete
from scenarios.rules.internet_path_open import internet_path_open
from scenarios.rules.invocations import invoking_statements
from scenarios.rules.invoke_model_denied import invoke_model_denied
from scenarios.rules.invoke_outside_endpoint import invoke_outside_endpoint
from scenarios.rules.model_not_allow_listed import model_not_allow_listed
from scenarios.rules.network_acl_blocks import network_acl_blocks
from scenarios.rules.other_network_open import other_network_open
from scenarios.rules.scope import Flow, Scope, ServiceRole
from scenarios.rules.service_role_assumable_by_others import service_role_assumable_by_others
from scenarios.rules.service_role_untrusted import service_role_untrusted
from scenarios.rules.workload_group_egress import workload_group_egress
from scenarios.rules.workload_outside_vpc import workload_outside_vpc
from scenarios.scenario.scenario import Scenario
from scenarios.scenario.subjects import unseen_roles

_SERVICES = {
    LambdaFunction: "lambda.amazonaws.com",
    Instance: "ec2.amazonaws.com",
    EcsService: "ecs-tasks.amazonaws.com",
    EcsTask: "ecs-tasks.amazonaws.com",
    ScalingGroup: "ec2.amazonaws.com",
}
"""The workloads that may be private apps, and the services that assume their roles."""


def discover(account: Account) -> Scope:
    """Functions, instances and services that are meant to invoke models, in templates that have a VPC for them.

    Meant to are those whose role may. Where a VPC has a Bedrock endpoint and nothing in it may use that, it is those
    that speak of Bedrock, or else all: a permission is missing then. A template without any VPC or Bedrock endpoint
    does not mean its apps to be private: the scenario does not apply.
    """
    candidates = tuple(workload for workload in account.workloads() if type(workload) in _SERVICES)
    callers = tuple(workload for workload in candidates if _may_invoke(account, workload))
    apps = (*callers, *_silent(account, candidates, callers))
    private = any(app.placement is not None for app in apps)
    endpoint = any(".bedrock" in found.service for found in account.endpoints)
    if not (private or (apps and endpoint)):
        return Scope()
    flows = tuple(Flow(app, "bedrock-runtime") for app in apps if app.placement is not None)
    roles = {
        role.arn: ServiceRole(role, _SERVICES[type(app)], "app", True)
        for app in apps
        if (role := account.role(app.role))
    }
    unseen = unseen_roles(account, ((app, app.name, app.role) for app in apps))
    return Scope(workloads=apps, flows=flows, service_roles=tuple(roles.values()), unseen_roles=unseen)


def _may_invoke(account: Account, workload: Workload) -> bool:
    """Whether its role may invoke models, as far as its policies can be read."""
    role = account.role(workload.role)
    if role is None:
        return workload.role is not None and account.unreadable("iam.roles") is not None
    return any(invoking_statements(role)) or hidden_policies(account, role) is not None


def _silent(account: Account, candidates: Iterable[Workload], callers: Iterable[Workload]) -> tuple[Workload, ...]:
    """The workloads for which a Bedrock endpoint must have been made that no caller can use."""
    served = {app.placement.vpc_id for app in callers if app.placement}
    idle = {e.vpc_id for e in account.endpoints if ".bedrock-runtime" in e.service} - served
    beside = tuple(each for each in candidates if each.placement and each.placement.vpc_id in idle)
    return tuple(each for each in beside if _speaks_of_bedrock(account, each)) or beside


def _speaks_of_bedrock(account: Account, workload: Workload) -> bool:
    role = account.role(workload.role)
    texts = [policy.text for policy in role.policies] if role else []
    if isinstance(workload, LambdaFunction):
        texts += [f"{name} {value}" for name, value in workload.environment]
    return any("bedrock" in text.lower() for text in texts)


SCENARIO = Scenario(
    name="private-app-bedrock",
    question="Does a private app reach Bedrock through the endpoint, and only that way?",
    discover=discover,
    rules=(
        workload_outside_vpc,
        internet_path_open,
        other_network_open,
        endpoint_missing,
        endpoint_dns,
        endpoint_group_ingress,
        workload_group_egress,
        network_acl_blocks,
        service_role_untrusted,
        service_role_assumable_by_others,
        invoke_model_denied,
        invoke_outside_endpoint,
        endpoint_policy_open,
        bedrock_mantle_bypass,
        guardrail_not_enforced,
        model_not_allow_listed,
        inference_profile_incomplete,
    ),
    subject_types=(
        "AWS::Lambda::Function",
        "AWS::EC2::Instance",
        "AWS::ECS::Service",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::EC2::VPCEndpoint",
        "AWS::IAM::Role",
        "AWS::IAM::InstanceProfile",
        "AWS::IAM::Policy",
        "AWS::IAM::RolePolicy",
        "AWS::IAM::ManagedPolicy",
    ),
)
