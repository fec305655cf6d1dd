"""Buckets that AWS owns and that workloads in a VPC read from: what they hold is published, so that admitting reads of
them opens nothing.

| bucket | holds | page |
|---|---|---|
| `prod-REGION-starport-layer-bucket` | image layers of ECR | AmazonECR/latest/userguide/vpc-endpoints.html |
| `jumpstart-cache-prod-REGION` | models of JumpStart | sagemaker/latest/dg/jumpstart-deploy.html |
| `amazonlinux.REGION.amazonaws.com`, `amazonlinux-2-repos-REGION` | packages | linux/al2/ug/al2-live-patching.html |
| `packages.REGION.amazonaws.com`, `repo.REGION.amazonaws.com` | packages | linux/al2/ug/al2-live-patching.html |
| `al2023-REGION`, `al2023-repos-REGION-de612dc2` | packages | linux/al2023/ug/live-patching.html |
| `aws-ssm-REGION`, `amazon-ssm-REGION`, `amazon-ssm-packages-REGION`, `patch-baseline-snapshot-REGION`, \
`aws-ssm-document-attachments-REGION` | SSM Agent | systems-manager/latest/userguide/ssm-agent-technical-details.html |

The pages lie below https://docs.aws.amazon.com/.
"""

from __future__ import annotations

import re

_REGION = r"(?:[a-z]{2}(?:-[a-z]+)+-\d|\*)"
_NAMES = (
    "prod-REGION-starport-layer-bucket",
    "jumpstart-cache-prod-REGION",
    "amazonlinux.REGION.amazonaws.com",
    "amazonlinux-2-repos-REGION",
    "packages.REGION.amazonaws.com",
    "repo.REGION.amazonaws.com",
    "al2023-REGION",
    "al2023-repos-REGION-de612dc2",
    "aws-ssm-REGION",
    "amazon-ssm-REGION",
    "amazon-ssm-packages-REGION",
    "patch-baseline-snapshot-REGION",
    "aws-ssm-document-attachments-REGION",
)
_AWS_OWNED = re.compile("|".join(re.escape(name).replace("REGION", _REGION) for name in _NAMES))
_READS = ("s3:get", "s3:list")


def harmless_at_aws_bucket(action: str, resource: str) -> bool:
    """Whether a statement's action and resource, either with wildcards, open nothing: AWS owns the bucket.

    Its contents are published, and nobody else may write to it. A name that leaves the region open can be somebody's
    own, so that only reads count as harmless there.
    """
    bucket = resource.partition(":s3:::")[2].partition("/")[0]
    owned = _AWS_OWNED.fullmatch(bucket) is not None
    return owned and ("*" not in bucket or action.lower().startswith(_READS))
