"""Each operation that observation calls, denied in turn: nothing breaks, and nothing is said of what was not seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from botocore.exceptions import ClientError

from scenarios.deployment import deploy
from scenarios.emulator import emulator
from scenarios.finding import Verdict
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


class Bench:
    """A scenario's reference template, deployed once; judged with one operation of observation denied."""

    def __init__(self, scenario: str, session: Any) -> None:
        self._options = Options(scenarios=(scenario,))
        self._session = session
        self._deployment = deploy(load(str(TEMPLATES / scenario / "template.yaml")), session)

    def judged(self, denied: str = "") -> tuple[TemplateResult, set[str]]:
        """The verdicts, and all operations that were called."""
        called: set[str] = set()

        def heard(model: Any, **_: Any) -> None:
            name = f"{model.service_model.service_name}.{model.name}"
            called.add(name)
            if name == denied:
                raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not for you"}}, model.name)

        # Clients are made once and keep the handlers that they were made with.
        real, clients = self._session.client, {}

        def client(service: str) -> Any:
            if service not in clients:
                clients[service] = real(service)
                clients[service].meta.events.register_first("before-call", heard, unique_id="denied")
            return clients[service]

        try:
            with patch.object(self._session, "client", client):
                account = judging.observed(self._session, self._deployment, self._options)
        finally:
            for one in clients.values():
                one.meta.events.unregister("before-call", unique_id="denied")
        found = judging.judged(self._deployment, account, self._options)
        return judging.result_of(self._deployment, found), called


@pytest.mark.parametrize("scenario", NAMES)
def test_what_is_not_seen_is_not_said_to_hold(scenario: str) -> None:
    with emulator() as session:
        bench = Bench(scenario, session)
        whole, called = bench.judged()
        assert whole.scenarios[0].verdict is Verdict.HOLDS
        for operation in sorted(called):
            result, _ = bench.judged(denied=operation)
            assert not result.errors, operation
            expected = Verdict.HOLDS if operation.startswith(BESIDE_THE_POINT[scenario]) else Verdict.UNKNOWN
            assert result.scenarios[0].verdict is expected, operation
