"""The groupings as SQL over `bedrock_events`."""

from __future__ import annotations

from scenarios.usage.groupings import GROUPINGS, Condition, Grouping, Key
from scenarios.usage.sql.quote import listed, quoted
from scenarios.usage.sql.view import VIEW
from scenarios.usage.wanted import Wanted


def queries(wanted: Wanted) -> dict[str, str]:
    """A query for each grouping, by its name: its keys, the count, the first and the last time, in a fixed order."""
    return {grouping.name: _query(grouping, wanted) for grouping in GROUPINGS}


def _query(grouping: Grouping, wanted: Wanted) -> str:
    keys = [_key(key) for key in grouping.keys]
    named = ", ".join(f"{key} AS key_{place}" for place, key in enumerate(keys))
    order = ", ".join(f"coalesce(CAST(key_{place} AS VARCHAR), '')" for place in range(len(keys)))
    conditions = [*(_condition(one) for one in grouping.conditions), *_filters(wanted)]
    where = " AND ".join(conditions) or "TRUE"
    return f"""\
SELECT {", ".join(f"key_{place}" for place in range(len(keys)))}, total, first_seen, last_seen
FROM (
  SELECT {named}, count(*) AS total, min(event_time) AS first_seen, max(event_time) AS last_seen
  FROM {VIEW}
  WHERE {where}
  GROUP BY {", ".join(keys)}
) AS grouped
ORDER BY total DESC, {order}"""  # noqa: S608 (literals are quoted)


def _key(key: Key) -> str:
    return key.column if key.length is None else f"substr({key.column}, 1, {key.length})"


def _condition(condition: Condition) -> str:
    if condition.values is None:
        return f"{condition.column} IS NOT NULL"
    return f"{condition.column} IN ({listed(condition.values)})"


def _filters(wanted: Wanted) -> list[str]:
    """What the user asks for, as `Wanted.takes` says it."""
    found = []
    if wanted.since is not None:
        found.append(f"event_time >= {quoted(wanted.since)}")
    if wanted.until is not None:
        found.append(f"event_time < {quoted(wanted.until)}")
    if wanted.accounts:
        found.append(f"account IN ({listed(wanted.accounts)})")
    if wanted.regions:
        found.append(f"region IN ({listed(wanted.regions)})")
    for column, parts in (("principal", wanted.principals), ("coalesce(model, '')", wanted.models)):
        if parts:
            has = " OR ".join(f"strpos({column}, {quoted(part)}) > 0" for part in parts)
            found.append(f"(kind <> 'usage' OR {has})")
    return found
