"""moto, reached without its patches of boto3 and `requests`.

`mock_aws()` patches boto3's default session, `requests` and the environment, and passes on whatever no pattern of its
own matches. Only its last step is needed here: hand a prepared request to the backend whose pattern matches, and make
an HTTP response of what it says. A request that no backend takes raises; it never goes on to be sent.

Measured, against `mock_aws()`: the first `CreateVpc` of a process 0.11 s instead of 0.92 s, four clients with a VPC, a
bucket, a role and a key 0.6 s instead of 1.4 s, all imports included.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, cast
from unittest.mock import patch

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ClientError
from moto import backend_index
from moto.core import base_backend
from moto.core.base_backend import AccountSpecificBackend, BackendDict
from moto.core.botocore_stubber import MockRawResponse
from moto.core.config import default_user_config
from moto.core.model_instances import reset_model_data
from moto.core.request import normalize_request
from moto.core.utils import get_equivalent_url_in_aws_domain
from moto.moto_api._internal import mock_random
from moto.utilities import utils
from werkzeug.exceptions import HTTPException

from scenarios.emulator.network import empty_network, fill_instance_types, load_resource, needs_instance_types
from scenarios.emulator.optional import stand_ins
from scenarios.emulator.seal import SealBrokenError

_SEED = 20060314

_REFUSED = frozenset({"cloudformation", "moto_api", "moto_api._internal", "instance_metadata"})
"""Backends that no one may ask: moto's CloudFormation loads YAML with the unsafe loader, which runs code in it."""

_NO_DOCKER = {"batch": {"use_docker": False}, "lambda": {"use_docker": False}}

Handler = Callable[[Any, str, Any], Any]


class NotEmulatedError(ClientError):  # type: ignore[misc]
    """The emulator cannot answer: the service or operation is missing in it, or its backend broke down.

    `response["Error"]["Code"]` is `NotEmulated` (HTTP status 501) for what is missing and `EmulatorFailure` (500)
    for a backend that raised.
    """

    def __init__(self, code: str, message: str, operation: str, status: int) -> None:
        answer = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
        super().__init__(cast(Any, answer), operation)


class _Account(AccountSpecificBackend[Any]):
    """A service's backends in one account: any region is made when it is first asked for.

    moto lists the regions of every partition first, which takes 0.2 s, and refuses regions newer than its tables.
    """

    def __init__(self, service_name: str, account_id: str, backend: type, *_: Any, **__: Any) -> None:
        super().__init__(service_name, account_id, backend, use_boto3_regions=False, additional_regions=None)

    def __contains__(self, region: object) -> bool:
        return True

    def __getitem__(self, region_name: str) -> Any:
        region = "aws" if region_name == "global" else region_name
        with base_backend.backend_lock:
            if region not in self.keys():
                self[region] = self._made(region)
        return dict.__getitem__(self, region)

    def _made(self, region: str) -> Any:
        if self.service_name == "s3":
            _ignore_bucket_policies()
        if self.service_name != "ec2":
            return self.backend(region, account_id=self.account_id)
        return empty_network(self.backend, region, self.account_id)


class _Active:
    """Whether an emulator is active: the patch of a class outlives the block, its effect does not."""

    now = False


def _ignore_bucket_policies() -> None:
    """Let no bucket policy stand in the way of the emulator's own calls.

    moto enforces explicit denies on objects whatever their conditions, so that a policy which denies plain HTTP would
    deny everything. Who may do what is judged elsewhere, from the policies' text.
    """
    from moto.iam.access_control import PermissionResult
    from moto.s3.models import FakeBucket

    if not getattr(FakeBucket.get_permission, "lenient", False):
        enforced = FakeBucket.get_permission

        def get_permission(bucket: Any, *arguments: Any) -> Any:
            return PermissionResult.NEUTRAL if _Active.now else enforced(bucket, *arguments)

        get_permission.lenient = True  # type: ignore[attr-defined]
        FakeBucket.get_permission = get_permission  # type: ignore[method-assign,assignment]


@contextmanager
def backends() -> Iterator[None]:
    """Backends without any state, with the same ids for the same calls; forgotten at the end of the block."""
    state = random.getstate()
    with (
        patch.object(base_backend, "AccountSpecificBackend", _Account),
        patch.object(utils, "load_resource", load_resource),
        patch.dict(default_user_config, _NO_DOCKER),
    ):
        _forget()
        mock_random.seed(_SEED)
        random.seed(_SEED)
        _Active.now = True
        try:
            yield
        finally:
            _Active.now = False
            _forget()
            random.setstate(state)


def _forget() -> None:
    """Drop all state.

    Only backends with a `reset` of their own are told (S3 closes its files): moto's default would build each anew.
    """
    for service in _known():
        for _, _, backend in service.iter_backends():
            if type(backend).reset is not base_backend.BaseBackend.reset:
                backend.reset()
        service.clear()
    _known().clear()
    reset_model_data()


def _known() -> list[BackendDict[Any]]:
    return BackendDict._instances  # type: ignore[misc]


def answer(request: AWSPreparedRequest, service: str, operation: str) -> AWSResponse:
    """What moto answers.

    Raises NotEmulatedError where it has no answer, and SealBrokenError where its backend reached out of the process.
    """
    # moto reads the region, and by it the partition, from the host; the partition-wide hosts of GovCloud name none.
    request.url = request.url.replace(".us-gov.amazonaws.com", ".us-gov-west-1.amazonaws.com", 1)
    url = get_equivalent_url_in_aws_domain(request.url)[0]
    location = f"{url.scheme}://{url.netloc}{url.path}"
    backend, handler = _handler(service, f"{url.scheme}://{url.netloc}", location)
    if handler is None:
        raise NotEmulatedError("NotEmulated", f"the emulator has no {url.netloc}{url.path}", operation, 501)
    if needs_instance_types(backend, operation):
        fill_instance_types()
    status, headers, body = _handled(handler, request, operation)
    return AWSResponse(request.url, status, headers, MockRawResponse(body))


def _handled(handler: Handler, request: AWSPreparedRequest, operation: str) -> tuple[int, Any, Any]:
    normalized = normalize_request(request)
    try:
        return cast("tuple[int, Any, Any]", handler(normalized, normalized.raw_url, normalized.headers))
    except HTTPException as error:
        return error.code or 500, error.get_headers(), error.get_body()
    except NotImplementedError as error:
        raise NotEmulatedError("NotEmulated", str(error) or "not implemented", operation, 501) from error
    except SealBrokenError:
        raise
    except Exception as error:
        message = f"{type(error).__name__}: {error}"
        raise NotEmulatedError("EmulatorFailure", message, operation, 500) from error


def _handler(service: str, host: str, location: str) -> tuple[str, Handler | None]:
    # A bucket stands in the host of its requests, so one called `logs` or `kms` looks like another service's.
    for backend in ("s3",) if service == "s3" else _services(host):
        for pattern, handler in _routes(backend):
            if pattern.match(location):
                return backend, handler
    return "", None


@cache
def _services(host: str) -> tuple[str, ...]:
    """The backends whose patterns match a host, most specific first, as moto orders them."""
    found = dict.fromkeys(name for name, pattern in backend_index.backend_url_patterns if pattern.match(host + "/"))
    return tuple(name for name in found if name not in _REFUSED)


@cache
def _routes(service: str) -> tuple[tuple[re.Pattern[str], Handler], ...]:
    """A backend's own table of URLs, compiled once; moto formats and looks it up anew for each request."""
    from moto import backends as registry

    with stand_ins(service):
        found = registry.get_backend(cast(Any, service))
    backend = found.backend if isinstance(found, BackendDict) else type(found["global"])
    urls = object.__new__(cast(Any, backend)).urls
    return tuple((re.compile(pattern), handler) for pattern, handler in urls.items())
