"""EC2: what AWS fills in where a creator says nothing, and the zones that a Region has.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EbsBlockDevice.html
"""

from __future__ import annotations

from typing import Any, cast

from scenarios.emulator.supplements.record import Answer, Record, parameters, refuse, succeeded

_ROOTS = frozenset({"/dev/sda1", "/dev/sda", "/dev/xvda"})
"""What images call their root device; it has the size of the image's snapshot where nobody says another."""

_ROOT_GIB = 8


def register(events: Any, record: Record) -> None:
    """Complete parameters before moto sees them; refuse other Regions' zones."""
    _endpoints(events, record)
    _default_group(events, record)
    _flow_logs(events, record)
    events.register("provide-client-params.ec2.RunInstances", _complete_root)
    _zones(events, record)


def _complete_root(params: dict[str, Any], **_: Any) -> None:
    mappings = params.get("BlockDeviceMappings")
    for mapping in mappings if isinstance(mappings, list) else ():
        disk = mapping.get("Ebs") if isinstance(mapping, dict) else None
        if isinstance(disk, dict) and mapping.get("DeviceName") in _ROOTS and "SnapshotId" not in disk:
            disk.setdefault("VolumeSize", _ROOT_GIB)


def _zones(events: Any, record: Record) -> None:
    def check(context: Any, **_: Any) -> Answer | None:
        from moto.ec2.models import ec2_backends

        zone = parameters(context).get("AvailabilityZone")
        known = [found.name for found in ec2_backends[record.account_id][record.region].zones[record.region]]
        if zone is None or zone in known:
            return None
        why = (
            f"Value ({zone}) for parameter availabilityZone is invalid. "
            f"Subnets can currently only be created in the following availability zones: {', '.join(known)}."
        )
        return refuse("InvalidParameterValue", why)

    events.register("before-call.ec2.CreateSubnet", check)


def _endpoints(events: Any, record: Record) -> None:
    def complete(params: dict[str, Any], **_: Any) -> None:
        kind = params.setdefault("VpcEndpointType", "Gateway")
        if kind == "Interface":
            # Without groups an interface endpoint gets the VPC's default group; private DNS is on unless switched off.
            params.setdefault("PrivateDnsEnabled", True)
            group = default_group(record, str(params.get("VpcId")))
            if not params.get("SecurityGroupIds") and group:
                params["SecurityGroupIds"] = [group]

    options = record.of("ec2.endpoint.dns-options")

    def remember(parsed: dict[str, Any], context: Any, http_response: Any, **_: Any) -> None:
        asked = parameters(context).get("DnsOptions")
        if asked and succeeded(http_response):
            options[parsed["VpcEndpoint"]["VpcEndpointId"]] = asked

    def show(parsed: dict[str, Any], **_: Any) -> None:
        for endpoint in parsed.get("VpcEndpoints", []):
            if (asked := options.get(endpoint["VpcEndpointId"])) is not None:
                endpoint["DnsOptions"] = {**endpoint.get("DnsOptions", {}), **asked}

    events.register("provide-client-params.ec2.CreateVpcEndpoint", complete)
    events.register("after-call.ec2.CreateVpcEndpoint", remember)
    events.register("after-call.ec2.DescribeVpcEndpoints", show)


def _flow_logs(events: Any, record: Record) -> None:
    """A folder of a flow log's bucket, which moto takes for a part of the bucket's name.

    https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-create-flow-log.html
    """
    folders = record.of("ec2.flow-log.folder")

    def strip(params: dict[str, Any], context: Any, **_: Any) -> None:
        parts = str(params.get("LogDestination", "")).split("/", 1)
        if params.get("LogDestinationType") == "s3" and len(parts) > 1:
            params["LogDestination"], context["flow-log-folder"] = parts

    def remember(parsed: dict[str, Any], context: Any, http_response: Any, **_: Any) -> None:
        if "flow-log-folder" in context and succeeded(http_response):
            for identifier in parsed.get("FlowLogIds", ()):
                folders[identifier] = {"folder": context["flow-log-folder"]}

    def show(parsed: dict[str, Any], **_: Any) -> None:
        for log in parsed.get("FlowLogs", []):
            if (kept := folders.get(log["FlowLogId"])) is not None:
                log["LogDestination"] = f"{log['LogDestination']}/{kept['folder']}"

    events.register("provide-client-params.ec2.CreateFlowLogs", strip)
    events.register("after-call.ec2.CreateFlowLogs", remember)
    events.register("after-call.ec2.DescribeFlowLogs", show)


def _default_group(events: Any, record: Record) -> None:
    """A VPC's default group lets its own members in, which moto leaves out.

    https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
    """

    def open_to_itself(parsed: dict[str, Any], http_response: Any, **_: Any) -> None:
        from moto.ec2.models import ec2_backends

        group = default_group(record, parsed["Vpc"]["VpcId"]) if succeeded(http_response) else None
        if group:
            ec2_backends[record.account_id][record.region].authorize_security_group_ingress(
                group, "-1", cast(Any, None), cast(Any, None), [], source_groups=[{"GroupId": group}]
            )

    events.register("after-call.ec2.CreateVpc", open_to_itself)


def default_group(record: Record, vpc_id: str) -> str | None:
    """The id of a VPC's default security group."""
    from moto.ec2.models import ec2_backends

    groups = ec2_backends[record.account_id][record.region].groups.get(vpc_id, {})
    return next((identifier for identifier, group in groups.items() if group.name == "default"), None)


def vpc_of(record: Record, subnet_id: str) -> str:
    """The VPC of a subnet; empty where there is no such subnet."""
    from moto.ec2.models import ec2_backends

    for subnets in ec2_backends[record.account_id][record.region].subnets.values():
        if subnet_id in subnets:
            return str(subnets[subnet_id].vpc_id)
    return ""
