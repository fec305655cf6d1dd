"""AWS::Macie."""

from __future__ import annotations

from scenarios.deployment.provider import Created, Request, provider


@provider("AWS::Macie::Session")
def session(request: Request) -> Created:
    """Macie in this account and Region."""
    properties, client, stack = request.properties, request.client("macie2"), request.stack
    given = {
        api: properties[name]
        for name, api in (("Status", "status"), ("FindingPublishingFrequency", "findingPublishingFrequency"))
        if name in properties
    }
    client.enable_macie(**given)
    if "AutomatedDiscoveryStatus" in properties:
        client.update_automated_discovery_configuration(status=properties["AutomatedDiscoveryStatus"])
    role = f"arn:{stack.partition}:iam::{stack.account_id}:role/aws-service-role/macie.amazonaws.com"
    attributes = {"AwsAccountId": stack.account_id, "ServiceRole": f"{role}/AWSServiceRoleForAmazonMacie"}
    return Created(stack.account_id, attributes, identity="macie2:session")
