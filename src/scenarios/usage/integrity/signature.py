"""Whether a signature is that of a digest.

Source: "Custom implementations of CloudTrail log file integrity validation",
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html. That `null`
stands for the signature that the first digest of a chain lacks, and that the hash is of the unpacked bytes, is to be
seen from `aws cloudtrail validate-logs`.
"""

from __future__ import annotations

from scenarios.usage.integrity.digest import Digest
from scenarios.usage.integrity.keys import Key

ALGORITHM = "SHA256withRSA"


def signed_text(digest: Digest, digest_hash: str) -> bytes:
    """What is signed: when the digest ends, where it lies, its hash, and the signature of the one before."""
    previous = "null" if digest.previous_signature is None else digest.previous_signature
    text = f"{digest.end}\n{digest.bucket}/{digest.key}\n{digest_hash}\n{previous}"
    return text.encode("utf-8", "surrogatepass")


def fits(signature: str, digest: Digest, digest_hash: str, key: Key) -> bool:
    """Whether the signature (hex) was made with the key's private half for this digest."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
    from cryptography.hazmat.primitives.hashes import SHA256

    try:
        key.value.verify(bytes.fromhex(signature), signed_text(digest, digest_hash), PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):  # ValueError: no hex
        return False
    return True
