"""What an update of one template to another does."""

from __future__ import annotations

from scenarios.deployment.update import Update, update
from scenarios.emulator import emulator
from scenarios.run.options import Options
from scenarios.template import Template


def update_in_emulator(old: Template, new: Template, options: Options) -> Update:
    """The update of `old` to `new` in an empty emulated account. Each gets those of the parameters that it declares.

    Raises InputError where one of them cannot be deployed at all, and for a parameter that neither declares.
    """
    first, then = (set(template.body.get("Parameters") or {}) for template in (old, new))
    given = options.parameters.items()
    with emulator(account_id=options.account_id, region=options.region) as session:
        return update(
            old,
            new,
            session,
            parameters=(
                {name: value for name, value in given if name in first},
                {name: value for name, value in given if name in then or name not in first},
            ),
            account_id=options.account_id,
            region=options.region,
        )
