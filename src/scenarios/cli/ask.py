"""`scenarios ask`."""

from __future__ import annotations

import argparse

from scenarios.cli.output import style, width, write
from scenarios.cli.parameters import deployment_options
from scenarios.errors import InputError


def run(options: argparse.Namespace) -> int:
    """Decide one request; 1 where --expect names another outcome."""
    from scenarios.cli.policies import policy_of, rcp_level, scp_level
    from scenarios.report.answer import answer_json, answer_text
    from scenarios.run.ask import Question, ask_template
    from scenarios.run.opened import opened

    if not options.principal and not options.source:
        raise InputError("who asks? give --principal, or --from a workload")
    chosen = deployment_options(options)
    question = Question(
        principal=options.principal or options.source,
        action=options.action,
        resource=options.resource,
        via=options.via,
        source=options.source,
        context=_context(options.context),
        session=policy_of(options.session_policy) if options.session_policy else None,
        scps=tuple(scp_level(file) for file in options.scp),
        rcps=tuple(rcp_level(file) for file in options.rcp),
    )
    template, chosen = opened(options.template, chosen)
    answer = ask_template(template, question, chosen)
    if options.format == "json":
        write(answer_json(answer), options)
    else:
        write(answer_text(answer, style=style(options), width=width(options)), options)
    whole = answer.whole
    met = {None: True, "allowed": whole.allowed, "denied": whole.denied}[options.expect]
    return int(not met)


def _context(given: list[str]) -> dict[str, str | tuple[str, ...]]:
    """Condition keys in lower case; a key that is given several times has several values, and `KEY=` none.

    Raises InputError for one without `=`.
    """
    values: dict[str, list[str]] = {}
    for argument in given:
        key, equals, value = argument.partition("=")
        if not equals or not key:
            raise InputError(f"--context {argument}: a condition key is KEY=VALUE")
        values.setdefault(key.lower(), []).extend([value] if value else [])
    return {key: listed[0] if len(listed) == 1 else tuple(listed) for key, listed in values.items()}
