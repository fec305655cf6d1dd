"""AWS::EC2: a module for each part of it."""

from __future__ import annotations

from scenarios.deployment.providers import (
    ec2_compute,
    ec2_endpoint,
    ec2_endpoint_service,
    ec2_gateways,
    ec2_public_access,
    ec2_routes,
    ec2_security,
    ec2_transit,
    ec2_vpc,
)

__all__ = [
    "ec2_compute",
    "ec2_endpoint",
    "ec2_endpoint_service",
    "ec2_gateways",
    "ec2_public_access",
    "ec2_routes",
    "ec2_security",
    "ec2_transit",
    "ec2_vpc",
]
