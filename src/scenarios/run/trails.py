"""The trails that a template makes."""

from __future__ import annotations

from scenarios.account.trail import Trail
from scenarios.run.doubt import Doubt
from scenarios.run.judge import deploy_and_observe
from scenarios.run.options import Options
from scenarios.template import Template

_TYPES = ("AWS::CloudTrail::Trail",)


def trails_of(template: Template, options: Options) -> tuple[tuple[Trail, ...], str | None]:
    """The trails, and why nobody can be sure of them: lost ones, values that nobody knows, transforms.

    Raises InputError where the template cannot be deployed at all.
    """
    deployment, account = deploy_and_observe(template, options)
    doubt = Doubt(deployment, account.unread)
    reason = doubt.about_absence(_TYPES)
    for trail in account.trails:
        if reason is None and trail.origin is not None:
            reason = next((why for _, why in deployment.origins.uncertain_within(trail.origin)), None)
    return tuple(account.trails), reason
