"""AWS::SecurityHub: the hub of the account, and the standards that it checks."""

from __future__ import annotations

from scenarios.deployment.provider import Created, Request, provider
from scenarios.deployment.providers.simple import simple

_HUB = "arn:{partition}:securityhub:{region}:{account}:hub/default"

simple("AWS::SecurityHub::Hub", "securityhub", "EnableSecurityHub", ref=_HUB, identity=_HUB, attributes={"ARN": _HUB})


@provider("AWS::SecurityHub::Standard")
def standard(request: Request) -> Created:
    """A standard, subscribed to."""
    arn = str(request.properties["StandardsArn"])
    wanted = {"StandardsArn": arn}
    made = request.client("securityhub").batch_enable_standards(StandardsSubscriptionRequests=[wanted])
    own = made["StandardsSubscriptions"][0]["StandardsSubscriptionArn"]
    return Created(own, {"StandardsSubscriptionArn": own}, identity=own)
