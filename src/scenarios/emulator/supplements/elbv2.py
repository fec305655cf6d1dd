"""Load balancers: a listener's certificate may be one that is in the account already.

A template mostly names its certificate by an ARN that it is given, and moto refuses one that it does not hold.
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Record


def register(events: Any, record: Record) -> None:
    """Hold a certificate for each that a listener names, before moto looks for it."""

    def hold(params: dict[str, Any], **_: Any) -> None:
        from moto.acm.models import acm_backends

        held: Any = acm_backends[record.account_id][record.region]._certificates
        for certificate in params.get("Certificates") or []:
            arn = certificate.get("CertificateArn") if isinstance(certificate, dict) else None
            if isinstance(arn, str) and ":acm:" in arn:
                held.setdefault(arn, _Certificate())

    for operation in ("CreateListener", "ModifyListener", "AddListenerCertificates"):
        events.register(f"provide-client-params.elastic-load-balancing-v2.{operation}", hold)


class _Certificate:
    """A certificate of which nothing is known but that it is there."""

    def __init__(self) -> None:
        self.in_use_by: list[str] = []
