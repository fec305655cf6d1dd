"""The boto3 session of an emulated account."""

from __future__ import annotations

from typing import Any

import boto3
import botocore.session
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config
from moto.core.models import botocore_stubber

from scenarios.emulator.backend import answer
from scenarios.emulator.models import loader

_CONFIG = Config(
    # The emulator does not change its answer when it is asked again.
    retries={"total_max_attempts": 1, "mode": "standard"},
    use_dualstack_endpoint=False,
    use_fips_endpoint=False,
    ignore_configured_endpoint_urls=True,
    account_id_endpoint_mode="disabled",
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class EmulatedSession(boto3.Session):  # type: ignore[misc]
    """A boto3 session whose requests the emulator answers, and whose clients are made once (0.01-0.1 s each)."""

    def __init__(self, account_id: str, region: str) -> None:
        self.account_id = account_id
        self._made: dict[tuple[str, str | None], Any] = {}
        core = botocore.session.Session()
        core.register_component("data_loader", loader())
        core.set_default_client_config(_CONFIG)
        super().__init__("AKIAEMULATED00000000", "emulated", region_name=region, botocore_session=core)
        # Importing moto puts its own handler into every session; were `mock_aws` active around us, both would act.
        self.events.unregister("before-send", botocore_stubber)
        self.events.register("before-send", _answer)

    def client(self, service_name: str, region_name: str | None = None, **options: Any) -> Any:
        """The client of a service: the same one for the same service and region, unless made with further options."""
        if options:
            return super().client(service_name, region_name, **options)
        key = service_name, region_name
        if key not in self._made:
            self._made[key] = super().client(service_name, region_name)
        return self._made[key]


def _answer(event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
    # `before-send.SERVICE.OPERATION`
    _before, service, operation = event_name.split(".", 2)
    return answer(request, service, operation)
