"""A SAM template translated with the parameters that are known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from scenarios.deployment.provider import Stack
from scenarios.deployment.scope import Parameter
from scenarios.emulator.managed_policies import arns
from scenarios.template import Template
from scenarios.template.serverless import UntranslatedError, translate, uses_serverless

_REGION, _PARTITION = "AWS::Region", "AWS::Partition"


def translated(template: Template, values: Mapping[str, Parameter], stack: Stack) -> tuple[Template, Mapping[str, str]]:
    """The template translated, and why resources are in doubt, by logical id; the template itself where it is no SAM.

    The translator writes the values of parameters into the template where they decide what it makes. It gets those
    that are known. Where it cannot do without the others it gets placeholders, and all that it makes is in doubt.
    Raises InputError for a template that SAM refuses.
    """
    if not uses_serverless(template):
        return template, {}
    pseudo = {_REGION: stack.region, _PARTITION: stack.partition}
    known = {name: one.value for name, one in values.items() if one.unknown is None and not one.no_echo}
    policies = partial(arns, stack.partition)
    try:
        return translate(template, {**known, **pseudo}, stack.region, policies), {}
    except UntranslatedError:
        if len(known) == len(values):
            raise
    made = translate(template, {name: one.value for name, one in values.items()} | pseudo, stack.region, policies)
    reason = next((one.unknown for one in values.values() if one.unknown), "it hangs on a NoEcho parameter")
    generated = [name for name, body in made.resources.items() if template.resources.get(name) != body]
    return made, dict.fromkeys(generated, f"what SAM makes of it is not known: {reason}")
