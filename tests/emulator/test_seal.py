"""Nothing leaves the emulator: no connection, no name lookup, no process, whoever asks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, NoAuthTokenError

from scenarios.emulator import emulator
from scenarios.emulator.seal import SealBrokenError

_WATCHED = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "subprocess.Popen", "os.system", "os.fork")


class _Watch:
    """Audited events that reached for something; our own hook, added after the seal's, never sees what that refused."""

    events: list[str] = []
    hooked = False


@pytest.fixture
def watch() -> Iterator[list[str]]:
    """The events that got past the seal."""
    with emulator():
        pass  # the seal's hook goes first
    if not _Watch.hooked:
        sys.addaudithook(lambda event, _: _Watch.events.append(event) if event in _WATCHED else None)
        _Watch.hooked = True
    _Watch.events = []
    yield _Watch.events
    _Watch.events = []


def test_the_watch_sees_what_happens_outside(watch: list[str]) -> None:
    subprocess.run([sys.executable, "-c", ""], check=True)
    with socket.socket() as probe:
        probe.settimeout(0.1)
        with pytest.raises(OSError, match=r".*"):
            probe.connect(("127.0.0.1", 9))
    assert set(_Watch.events) >= {"subprocess.Popen", "socket.connect"}


ESCAPES: dict[str, Callable[[], object]] = {
    "connect": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
    "unix socket": lambda: socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock"),
    "lookup": lambda: socket.getaddrinfo("example.com", 443),
    "host by name": lambda: socket.gethostbyname("example.com"),
    "datagram": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9)),
    "url": lambda: urllib.request.urlopen("http://127.0.0.1:9/", timeout=1),
    "process": lambda: subprocess.run(["true"], check=False),
    "shell": lambda: os.system("true"),
    "fork": lambda: os.fork() or os._exit(0),
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
}


@pytest.mark.parametrize("escape", ESCAPES)
def test_nothing_gets_out_of_the_block(escape: str, watch: list[str]) -> None:
    with emulator(), pytest.raises(SealBrokenError):
        ESCAPES[escape]()
    assert _Watch.events == []


def test_a_thread_started_inside_is_sealed_too(watch: list[str]) -> None:
    caught: list[BaseException] = []

    def reach() -> None:
        try:
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        except SealBrokenError as error:
            caught.append(error)

    with emulator():
        thread = threading.Thread(target=reach)
        thread.start()
        thread.join()
    assert len(caught) == 1


def test_the_process_is_free_again_after_the_block() -> None:
    with emulator():
        pass
    assert subprocess.run([sys.executable, "-c", "print(7)"], check=True, capture_output=True).stdout.strip() == b"7"


def test_a_client_of_anybody_else_cannot_send_from_inside(watch: list[str]) -> None:
    foreign = boto3.Session("key", "secret", region_name="us-east-1").client("sts")
    with emulator(), pytest.raises(SealBrokenError, match="sts"):
        foreign.get_caller_identity()
    assert _Watch.events == []


def _hosts_outside_amazonaws() -> list[str]:
    """Services whose endpoint in us-east-1 is not below amazonaws.com."""
    with emulator() as session:
        names = session.get_available_services()
        found = []
        for name in names:
            try:
                url = session.client(name).meta.endpoint_url
            except Exception:
                continue
            if "amazonaws.com" not in url:
                found.append(name)
    return found


def _sample(shape: Any) -> Any:
    """A value that botocore accepts for a shape, with required members only."""
    if shape.type_name == "structure":
        return {name: _sample(shape.members[name]) for name in shape.required_members}
    if shape.type_name == "list":
        return [_sample(shape.member)] * shape.metadata.get("min", 0)
    if shape.type_name == "string":
        return (shape.enum or ["x" * max(1, shape.metadata.get("min", 1))])[0]
    return {"integer": 1, "long": 1, "boolean": True, "map": {}, "timestamp": 0, "blob": b"", "double": 1.0}[
        shape.type_name
    ]


def _call(client: Any) -> Any:
    """Call any operation that lists something."""
    model = client.meta.service_model
    names = client.meta.method_to_api_mapping
    method = min(names, key=lambda name: (not name.startswith(("list_", "get_")), name))
    shape = model.operation_model(names[method]).input_shape
    return getattr(client, method)(**(_sample(shape) if shape else {}))


def test_services_on_other_hosts_are_refused_not_reached(watch: list[str]) -> None:
    services = _hosts_outside_amazonaws()
    assert len(services) >= 9
    with emulator() as session:
        for name in services:
            with pytest.raises((ClientError, NoAuthTokenError)) as caught:
                _call(session.client(name))
            assert "NotEmulated" in str(caught.value) or isinstance(caught.value, NoAuthTokenError), name
    assert _Watch.events == []


def test_endpoint_settings_of_the_user_are_not_read(watch: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9",
        "AWS_USE_DUALSTACK_ENDPOINT": "true",
        "AWS_USE_FIPS_ENDPOINT": "true",
        "AWS_PROFILE": "no-such-profile",
        "AWS_CA_BUNDLE": "/no/such/bundle",
        "AWS_ACCOUNT_ID_ENDPOINT_MODE": "required",
        "MOTO_S3_CUSTOM_ENDPOINTS": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
    }.items():
        monkeypatch.setenv(name, value)
    with emulator(region="eu-west-1") as session:
        session.client("s3").create_bucket(
            Bucket="sealed-bucket", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        assert session.client("s3").meta.endpoint_url == "https://s3.eu-west-1.amazonaws.com"
        assert session.client("sts").get_caller_identity()["Account"] == "123456789012"
        assert "AWS_PROFILE" not in os.environ
    assert os.environ["AWS_PROFILE"] == "no-such-profile"
    assert "AWS_CONFIG_FILE" not in os.environ
    assert _Watch.events == []


def test_configuration_files_of_the_user_are_not_read(
    tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = str(tmp_path)
    os.makedirs(os.path.join(home, ".aws", "models", "sqs", "2012-11-05"))
    with open(os.path.join(home, ".aws", "config"), "w") as file:
        file.write("[default]\nregion = ap-south-1\nendpoint_url = http://127.0.0.1:9\nnot valid")
    with open(os.path.join(home, ".aws", "models", "sqs", "2012-11-05", "service-2.json"), "w") as file:
        file.write("{}")
    monkeypatch.setenv("HOME", home)
    with emulator() as session:
        assert session.region_name == "us-east-1"
        assert session.client("sqs").create_queue(QueueName="q")["QueueUrl"].endswith("/123456789012/q")


def test_a_dual_stack_client_cannot_leave(watch: list[str]) -> None:
    from botocore.config import Config

    with emulator() as session:
        client = session.client("ec2", config=Config(use_dualstack_endpoint=True))
        assert "api.aws" in client.meta.endpoint_url
        with pytest.raises(ClientError, match="NotEmulated"):
            client.describe_vpcs()
    assert _Watch.events == []


def test_an_http_subscription_sends_nothing(watch: list[str]) -> None:
    with emulator() as session:
        sns = session.client("sns")
        topic = sns.create_topic(Name="t")["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint="http://127.0.0.1:9/")
        with pytest.raises(SealBrokenError):
            sns.publish(TopicArn=topic, Message="m")
    assert _Watch.events == []


def test_a_lambda_function_does_not_run(watch: list[str]) -> None:
    import io
    import zipfile

    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("index.py", "import os\ndef handler(e, c): os.system('true')")
    with emulator() as session:
        role = session.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        session.client("lambda").create_function(
            FunctionName="f",
            Runtime="python3.12",
            Role=role,
            Handler="index.handler",
            Code={"ZipFile": code.getvalue()},
        )
        session.client("lambda").invoke(FunctionName="f", Payload=b"{}")
    assert _Watch.events == []


def test_motos_cloudformation_cannot_be_asked() -> None:
    body = "Resources:\n  A: !!python/object/apply:os.mkdir ['/tmp/ran-from-a-template']\n"
    with emulator() as session, pytest.raises(ClientError, match="NotEmulated"):
        session.client("cloudformation").create_stack(StackName="s", TemplateBody=body)
    assert not os.path.exists("/tmp/ran-from-a-template")
