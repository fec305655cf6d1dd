"""Where calls came from, and which models they named: endpoints and models beside the allowed ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scenarios.finding import Severity
from scenarios.usage.answers.notice import Notice
from scenarios.usage.answers.table import PERMITTED, Tables, sums

_GEOGRAPHIES = frozenset({"us", "us-gov", "eu", "apac", "jp", "au", "ca", "global"})


def outside_endpoints(tables: Tables, endpoints: Iterable[str]) -> Iterator[Notice]:
    """Calls that succeeded and did not come through one of these endpoints; what AWS's services call has none."""
    allowed = set(endpoints)
    if not allowed:
        return
    found = (line for line in tables["origins"] if line["source_kind"] != "service" and _is_done(line["outcome"]))
    for (source, service), total in sums(found, "source", "service").items():
        if source not in allowed:
            whence = f"from {source}" if source else "from an unknown place"
            message = f"{service} was called {whence}, which is not one of the allowed endpoints"
            yield Notice(
                "outside-endpoint",
                Severity.HIGH,
                message,
                count=total.count,
                first_seen=total.first_seen,
                last_seen=total.last_seen,
            )


def models_not_listed(tables: Tables, models: Iterable[str]) -> Iterator[Notice]:
    """Calls that succeeded, of models that the list does not name by id, ARN or as a prefix with `*`."""
    allowed = tuple(models)
    if not allowed:
        return
    found = (line for line in tables["calls"] if line["model"] and _is_done(line["outcome"]))
    for (principal, model), total in sums(found, "principal", "model").items():
        if not _listed(model, allowed):
            message = f"{model} is not on the list of allowed models"
            yield Notice(
                "model-not-allow-listed",
                Severity.HIGH,
                message,
                principal,
                model,
                total.count,
                total.first_seen,
                total.last_seen,
            )


def model_names(model: str) -> set[str]:
    """What a model is called: as it is, its id in an ARN, and without the geography of an inference profile."""
    name = model.rpartition("/")[2]
    geography, _, rest = name.partition(".")
    return {model, name, rest} if geography in _GEOGRAPHIES else {model, name}


def _listed(model: str, allowed: Iterable[str]) -> bool:
    names = model_names(model)
    for entry in allowed:
        if entry.endswith("*") and any(name.startswith(entry[:-1]) for name in names):
            return True
        if model_names(entry) & names:
            return True
    return False


def _is_done(outcome: str) -> bool:
    return outcome in PERMITTED
