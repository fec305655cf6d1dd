"""Secrets Manager: a secret's rotation, which moto would carry out, by calling the function, rather than note.

https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
"""

from __future__ import annotations

from typing import Any

from scenarios.emulator.supplements.record import Answer, Held, Record, answer, parameters

_SHOWN = ("RotationLambdaARN", "RotationRules")


def register(events: Any, record: Record) -> None:
    """Take the rotation down, and show it with the secret."""
    rotations = record.of("secretsmanager.rotations")

    def rotate(context: Any, **_: Any) -> Answer | None:
        asked = parameters(context)
        secret = _secret(record, asked["SecretId"])
        if secret is None:
            return None  # moto says that there is none
        said = {name: asked[name] for name in _SHOWN if name in asked}
        rotations[secret.arn] = rotations.get(secret.arn, {}) | said
        return answer({"ARN": secret.arn, "Name": secret.name})

    def show(parsed: Held, **_: Any) -> None:
        for secret in [parsed, *parsed.get("SecretList", [])]:
            if held := rotations.get(str(secret.get("ARN"))):
                secret.update(held | {"RotationEnabled": True})

    events.register("before-call.secrets-manager.RotateSecret", rotate)
    for operation in ("DescribeSecret", "ListSecrets"):
        events.register(f"after-call.secrets-manager.{operation}", show)


def _secret(record: Record, identifier: str) -> Any:
    """The secret of this name or ARN."""
    from moto.secretsmanager.models import secretsmanager_backends

    return secretsmanager_backends[record.account_id][record.region].secrets.get(identifier)
