"""AWS::EC2: networks in `ec2_network`, security in `ec2_security`, machines in `ec2_compute`."""

from __future__ import annotations

from scenarios.deployment.providers import ec2_compute, ec2_network, ec2_security

__all__ = ["ec2_compute", "ec2_network", "ec2_security"]
