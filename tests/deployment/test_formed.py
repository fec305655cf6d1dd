"""Texts that nobody knows take the form that a type's schema asks for; what the template adds to them stays."""

from __future__ import annotations

import re

import pytest

from deployment.support import deployed
from scenarios.deployment.formed import formed
from scenarios.deployment.ledger import Status
from scenarios.finding import Origin

LONG = "placeholder-a-placeholder-b-"


@pytest.mark.parametrize(
    ("text", "shape", "form"),
    [
        ("placeholder-a", {}, "placeholder-a"),
        ("placeholder-a", {"pattern": "^[a-z-]+$"}, "placeholder-a"),
        ("placeholder-a", {"pattern": "^[a-z]+$"}, "placeholdera"),
        ("placeholder-a", {"pattern": "^[A-Za-z_]+$"}, "placeholder_a"),
        ("placeholder-a", {"pattern": "^[0-9A-Fa-f]{40}$", "minLength": 40, "maxLength": 40}, "[0-9a-f]{40}"),
        ("placeholder-a", {"pattern": r"^\d{12}$"}, r"\d{12}"),
        ("placeholder-a", {"pattern": "^(mysql|postgres)$", "examples": ["mysql"]}, "mysql"),
        (LONG * 4, {"maxLength": 63}, re.escape(LONG * 2)[:40] + ".+"),
        (LONG * 4 + ".fifo", {"maxLength": 80, "pattern": r"^[\w-]+(\.fifo)?$"}, r"placeholder-a.+\.fifo"),
        ("placeholder-a/b", {"pattern": "^[a-z-]+$"}, "placeholder-a/b"),
        ("Placeholder-a", {"pattern": "^[a-z-]+$"}, "Placeholder-a"),
        ("placeholder-a", {"pattern": "^(?<a>x"}, "placeholder-a"),
        ("placeholder-a", {"pattern": "^never$"}, "placeholder-a"),
    ],
)
def test_the_form(text, shape, form):
    assert re.fullmatch(form, formed(text, shape)), formed(text, shape)


@pytest.mark.parametrize("most", [1, 8, 9, 20, 63])
def test_different_texts_stay_different(most):
    found = {formed(f"{LONG * 4}{index}", {"maxLength": most}) for index in range(3)}
    assert all(len(text) <= most for text in found)
    assert len(found) == (3 if most > 8 else 1)


@pytest.mark.parametrize(
    ("resource_type", "properties"),
    [
        ("AWS::SQS::Queue", "{QueueName: !Sub '${A}-${B}-${C}-${D}-${E}-${F}-events.fifo', FifoQueue: true}"),
        ("AWS::S3::Bucket", "{BucketName: !Sub '${A}-${B}-${C}-${D}-${E}-${F}'}"),
        ("AWS::IAM::OIDCProvider", "{Url: 'https://example.com', ClientIdList: [c], ThumbprintList: [!Ref A]}"),
        ("AWS::Config::ConfigRule", "{Source: {Owner: AWS, SourceIdentifier: !Ref A}}"),
        (
            "AWS::RDS::DBInstance",
            "{Engine: !Ref A, DBInstanceClass: db.t3.micro, AllocatedStorage: 20, MasterUsername: u, "
            "MasterUserPassword: passwords}",
        ),
    ],
)
def test_it_is_made_and_stays_in_doubt(resource_type, properties):
    names = ", ".join(f"{name}: {{Type: String}}" for name in "ABCDEF")
    deployment = deployed(f"""
Parameters: {{{names}}}
Resources:
  Thing: {{Type: {resource_type}, Properties: {properties}}}
""")
    entry = deployment.entry("Thing")
    assert entry is not None
    assert entry.status in (Status.DEPLOYED, Status.PARTIAL), entry
    assert list(deployment.origins.uncertain_within(Origin("Thing")))
