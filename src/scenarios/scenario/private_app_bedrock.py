"""Does a private app reach Bedrock through the endpoint, and only that way?"""

from __future__ import annotations

from scenarios.account import Account
from scenarios.account.workload import EcsService, Instance, LambdaFunction
from scenarios.rules.bedrock_mantle_bypass import bedrock_mantle_bypass
from scenarios.rules.endpoint_dns import endpoint_dns
from scenarios.rules.endpoint_group_ingress import endpoint_group_ingress
from scenarios.rules.endpoint_missing import endpoint_missing
from scenarios.rules.endpoint_policy_open import endpoint_policy_open
from scenarios.rules.guardrail_not_enforced import guardrail_not_enforced
from scenarios.rules.inference_profile_incomplete import inference_profile_incomplete
from scenarios.rules.internet_path_open import internet_path_open
from scenarios.rules.invocations import invoking_statements
from scenarios.rules.invoke_model_denied import invoke_model_denied
from scenarios.rules.invoke_outside_endpoint import invoke_outside_endpoint
from scenarios.rules.model_not_allow_listed import model_not_allow_listed
from scenarios.rules.network_acl_blocks import network_acl_blocks
from scenarios.rules.scope import Flow, Scope
from scenarios.rules.workload_group_egress import workload_group_egress
from scenarios.rules.workload_outside_vpc import workload_outside_vpc
from scenarios.scenario.scenario import Scenario

_APPS = (LambdaFunction, Instance, EcsService)


def discover(account: Account) -> Scope:
    """Functions, instances and services whose role may invoke models, in templates that have a VPC for them.

    A template without any VPC or Bedrock endpoint does not mean its apps to be private: the scenario does not apply.
    """
    apps = tuple(
        workload
        for workload in account.workloads()
        if isinstance(workload, _APPS)
        and (role := account.role(workload.role)) is not None
        and any(invoking_statements(role))
    )
    private = any(app.placement is not None for app in apps)
    endpoint = any(".bedrock" in found.service for found in account.endpoints)
    if not (private or (apps and endpoint)):
        return Scope()
    flows = tuple(Flow(app, "bedrock-runtime") for app in apps if app.placement is not None)
    return Scope(workloads=apps, flows=flows)


SCENARIO = Scenario(
    name="private-app-bedrock",
    question="Does a private app reach Bedrock through the endpoint, and only that way?",
    discover=discover,
    rules=(
        workload_outside_vpc,
        internet_path_open,
        endpoint_missing,
        endpoint_dns,
        endpoint_group_ingress,
        workload_group_egress,
        network_acl_blocks,
        invoke_model_denied,
        invoke_outside_endpoint,
        endpoint_policy_open,
        bedrock_mantle_bypass,
        guardrail_not_enforced,
        model_not_allow_listed,
        inference_profile_incomplete,
    ),
    subject_types=("AWS::Lambda::Function", "AWS::EC2::Instance", "AWS::ECS::Service", "AWS::EC2::VPCEndpoint"),
)
