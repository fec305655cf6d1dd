"""How many requests a second are decided on one core: generated cases, seeded, as `scenarios simulate` takes them.

Run with `make bench-decisions`. A realistic case has 60 statements in identity policies, a boundary, a resource policy
and an organisation's policies, no two cases the same; a small one has a single statement. Reading (JSON, and compiling
the policies) and deciding are timed apart, since a policy is read once and asked often; the last column is the whole
command, process start included.
"""

from __future__ import annotations

import gc
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from scenarios.access.bare import answer, read_case
from scenarios.access.decide import evaluate

CASES = 10_000
BATCH = 500
ACCOUNT = "111122223333"
ACTIONS = (
    *("s3:GetObject", "s3:PutObject", "s3:List*", "s3:Get*", "kms:Decrypt", "kms:GenerateDataKey*", "kms:Describe*"),
    *("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream", "bedrock:Get*", "bedrock:List*", "logs:*"),
    *("ec2:Describe*", "sagemaker:Create*", "iam:PassRole", "sts:AssumeRole", "secretsmanager:GetSecretValue"),
)
ASKED = ("s3:GetObject", "s3:PutObject", "bedrock:InvokeModel", "secretsmanager:GetSecretValue")
CONDITIONS: tuple[dict[str, Any], ...] = (
    {"StringEquals": {"aws:ResourceAccount": ACCOUNT}},
    {"StringEquals": {"aws:PrincipalTag/team": ["search", "ranking"]}},
    {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/app-*"}},
    {"StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}},
    {"Bool": {"aws:SecureTransport": "false"}},
    {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"]}},
)


def main() -> None:
    print(f"{'cases':28} {'read/s':>10} {'decided/s':>12} {'answered/s':>12} {'command/s':>11}")
    report("60 statements", realistic)
    report("1 statement", small)


def report(name: str, make: Callable[[random.Random, int], dict[str, Any]]) -> None:
    """One row; garbage collection is off, as in the command."""
    chance = random.Random(20_260_101)
    lines = [json.dumps(make(chance, number)) for number in range(CASES)]
    gc.disable()
    reading = deciding = answering = 0.0
    for start in range(0, CASES, BATCH):
        batch, took = timed(lambda part=lines[start : start + BATCH]: [read_case(json.loads(line)) for line in part])
        reading += took
        for case in batch:  # the first question to a policy sorts its statements by action
            evaluate(case.request, case.policies)
        deciding += timed(lambda part=batch: [evaluate(case.request, case.policies) for case in part])[1]
        answering += timed(lambda part=batch: [answer(case) for case in part])[1]
    gc.enable()
    rates = (CASES / reading, CASES / deciding, CASES / answering, CASES / command(lines))
    print(f"{name:28} {rates[0]:10,.0f} {rates[1]:12,.0f} {rates[2]:12,.0f} {rates[3]:11,.0f}")


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    done = work()
    return done, time.perf_counter() - start


def command(lines: list[str]) -> float:
    """Seconds that `scenarios simulate` takes for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        cases = Path(folder) / "cases.jsonl"
        cases.write_text("\n".join(lines))
        given = [str(Path(sys.executable).parent / "scenarios"), "simulate", str(cases), "--output", "/dev/null"]
        return timed(lambda: subprocess.run(given, check=True))[1]


def realistic(chance: random.Random, number: int) -> dict[str, Any]:
    """A role with three policies under a boundary and two levels of SCPs, asking for a bucket with a policy."""
    bucket = f"arn:aws:s3:::data-{chance.randrange(1000)}"
    return {
        **asked(chance, number, bucket),
        "identity_policies": [document(chance, 14) for _ in range(3)],
        "permissions_boundary": document(chance, 6, wide=True),
        "resource_policy": document(chance, 6, principals=True, resource=bucket),
        "scps": [[document(chance, 3, wide=True)] for _ in range(2)],
    }


def small(chance: random.Random, number: int) -> dict[str, Any]:
    """One statement."""
    bucket = f"arn:aws:s3:::data-{chance.randrange(1000)}"
    return {**asked(chance, number, bucket), "identity_policies": [document(chance, 1, resource=bucket)]}


def asked(chance: random.Random, number: int, bucket: str) -> dict[str, Any]:
    """The request."""
    return {
        "id": number,
        "principal": f"arn:aws:iam::{ACCOUNT}:role/app-{chance.randrange(50)}",
        "action": chance.choice(ASKED),
        "resource": f"{bucket}/reports/{chance.randrange(1000)}.json",
        "resource_account": ACCOUNT,
        "context": {"aws:PrincipalTag/team": "search", "aws:SourceIp": "10.1.2.3", "aws:SecureTransport": "true"},
    }


def document(chance: random.Random, size: int, **more: Any) -> dict[str, Any]:
    """A policy of `size` statements."""
    return {"Version": "2012-10-17", "Statement": list(statements(chance, size, **more))}


def statements(
    chance: random.Random, size: int, *, wide: bool = False, principals: bool = False, resource: str | None = None
) -> Iterator[dict[str, Any]]:
    """Statements as policies have them: a few actions, a few resources, every third with a condition."""
    if wide:
        yield {"Sid": "Everything", "Effect": "Allow", "Action": "*", "Resource": "*"}
    for number in range(size - wide):
        statement: dict[str, Any] = {
            "Sid": f"Statement{number}",
            "Effect": "Deny" if chance.random() < 0.1 else "Allow",
            "Action": chance.sample(ACTIONS, chance.randint(1, 4)),
            "Resource": [
                f"{resource or f'arn:aws:s3:::data-{chance.randrange(1000)}'}/{chance.choice(('*', 'reports/*'))}"
                for _ in range(chance.randint(1, 3))
            ],
        }
        if chance.random() < 1 / 3:
            statement["Condition"] = chance.choice(CONDITIONS)
        if principals:
            statement["Principal"] = {"AWS": [f"arn:aws:iam::{ACCOUNT}:role/app-{chance.randrange(50)}"]}
        yield statement


if __name__ == "__main__":
    main()
