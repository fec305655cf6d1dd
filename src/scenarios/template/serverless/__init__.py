"""`AWS::Serverless` (SAM): a template translated as CloudFormation's transform does it.

Source: "AWS SAM template specification",
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy.html
"""

from __future__ import annotations

from scenarios.template.serverless.translate import UntranslatedError, translate, uses_serverless

__all__ = ["UntranslatedError", "translate", "uses_serverless"]
