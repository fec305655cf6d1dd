"""Each operation that observation calls, denied in turn: nothing breaks, and nothing is said of what was not seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from botocore.exceptions import ClientError

from scenarios.finding import Verdict
from scenarios.observation import observe
from scenarios.run import judge as judging
from scenarios.run.options import Options
from scenarios.run.result import TemplateResult
from scenarios.scenario.names import NAMES
from scenarios.template import load

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"

# Services that the scenario does not ask about: flow logs and the app's own, the alarm's topic.
BESIDE_THE_POINT = {
    "bedrock-reads-encrypted-s3": (),
    "sagemaker-in-vpc": ("logs.",),
    "private-app-bedrock": ("logs.",),
    "cloudtrail-bedrock-audit": ("sns.",),
}


def judged(scenario: str, denied: str = "") -> tuple[TemplateResult, set[str]]:
    """The verdicts on a scenario's reference template with one operation denied; all operations called."""
    called: set[str] = set()

    def heard(model: Any, **_: Any) -> None:
        name = f"{model.service_model.service_name}.{model.name}"
        called.add(name)
        if name == denied:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not for you"}}, model.name)

    def tapped(session: Any, **given: Any) -> Any:
        # Clients are made once and keep the handlers that they were made with.
        real, clients = session.client, {}

        def client(service: str) -> Any:
            if service not in clients:
                clients[service] = real(service)
                clients[service].meta.events.register_first("before-call", heard)
            return clients[service]

        with patch.object(session, "client", client):
            return observe(session, **given)

    with patch.object(judging, "observe", tapped):
        template = load(str(TEMPLATES / scenario / "template.yaml"))
        return judging.judge(template, Options(scenarios=(scenario,))), called


@pytest.mark.parametrize("scenario", NAMES)
def test_what_is_not_seen_is_not_said_to_hold(scenario: str) -> None:
    whole, called = judged(scenario)
    assert whole.scenarios[0].verdict is Verdict.HOLDS
    for operation in sorted(called):
        result, _ = judged(scenario, denied=operation)
        assert not result.errors, operation
        expected = Verdict.HOLDS if operation.startswith(BESIDE_THE_POINT[scenario]) else Verdict.UNKNOWN
        assert result.scenarios[0].verdict is expected, operation
