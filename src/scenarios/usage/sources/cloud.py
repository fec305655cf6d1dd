"""AWS, as far as logs are read from it: clients of a session, and botocore's errors in one line.

boto3 is imported where a session is made: files on this machine are read without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

from scenarios.errors import InputError

_WHOLE = frozenset(
    {
        "AuthFailure",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidBucketName",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "InvalidToken",
        "NoSuchBucket",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    }
)
"""Errors that every further request would meet.

https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/CommonErrors.html
"""


def _boto3_session(profile: str | None, region: str | None) -> Any:
    from boto3 import Session

    return Session(profile_name=profile, region_name=region)


@dataclass(frozen=True)
class Cloud:
    """How AWS is reached: in `region`, or the session's own, with a session that `make` makes of a profile and it."""

    region: str | None = None
    make: Callable[[str | None, str | None], Any] = _boto3_session

    def session(self, profile: str | None, place: str) -> Any:
        """A boto3 session. Raises InputError, about the source `place`, for a profile that is not there."""
        with told(place):
            return self.make(profile, self.region)


def client(session: Any, service: str, place: str, region: str | None = None, /, **config: Any) -> Any:
    """A client with these settings. Raises InputError, about the source `place`, where none can be made."""
    from botocore.config import Config

    with told(place):
        try:
            return session.client(service, region_name=region, config=Config(**config))
        except ValueError as error:  # a region or an endpoint that is no name
            raise InputError(_line(error), file=place) from error


@contextmanager
def told(place: str) -> Iterator[None]:
    """botocore's errors as ours.

    Raises InputError where the error is about the source `place` as a whole (its credentials, its name), and OSError
    with the cause where other parts of it may be read all the same.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        _raise(error, _said(error), error.response.get("Error", {}).get("Code") in _WHOLE, place)
    except BotoCoreError as error:
        _raise(error, _line(error), isinstance(error, _about_all()), place)


def _raise(error: Exception, cause: str, whole: bool, place: str) -> NoReturn:
    if whole:
        raise InputError(cause, file=place) from error
    raise OSError(cause) from error


def _about_all() -> tuple[type[Exception], ...]:
    """The errors of botocore that have to do with the session or with what the user has named."""
    from botocore import exceptions as known

    return (
        known.CredentialRetrievalError,
        known.InvalidRegionError,
        known.NoCredentialsError,
        known.NoRegionError,
        known.ParamValidationError,
        known.PartialCredentialsError,
        known.ProfileNotFound,
        known.SSOError,
        known.TokenRetrievalError,
    )


def _said(error: Any) -> str:
    """The code and the words of the service."""
    found = error.response.get("Error", {})
    return _line(": ".join(str(found[key]) for key in ("Code", "Message") if found.get(key)) or error)


def _line(text: object) -> str:
    return " ".join(str(text).split())
