"""An emulated account is empty at the start, the same in each run, and forgotten at the end."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import Any

import pytest
from botocore.exceptions import ClientError

from scenarios.emulator import emulator


def _build(session: Any) -> list[str]:
    ec2, iam, kms, s3 = (session.client(name) for name in ("ec2", "iam", "kms", "s3"))
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="g", Description="g", VpcId=vpc)["GroupId"]
    role = iam.create_role(RoleName="r", AssumeRolePolicyDocument="{}")["Role"]["RoleId"]
    key = kms.create_key()["KeyMetadata"]["Arn"]
    s3.create_bucket(Bucket="one-bucket")
    guardrail = session.client("bedrock").create_guardrail(
        name="g", blockedInputMessaging="no", blockedOutputsMessaging="no"
    )["guardrailId"]
    return [vpc, subnet, group, role, key, guardrail]


def test_equal_calls_give_equal_ids() -> None:
    with emulator() as session:
        first = _build(session)
    random.random()
    with emulator() as session:
        assert _build(session) == first
        assert [bucket["Name"] for bucket in session.client("s3").list_buckets()["Buckets"]] == ["one-bucket"]


def test_equal_calls_give_equal_ids_in_another_process() -> None:
    code = (
        "from scenarios.emulator import emulator\n"
        "with emulator() as s:\n"
        "    print(s.client('ec2').create_vpc(CidrBlock='10.0.0.0/16')['Vpc']['VpcId'])"
    )
    run = [sys.executable, "-c", code]
    first, second = (subprocess.run(run, check=True, capture_output=True, text=True).stdout for _ in range(2))
    assert first == second
    assert first.startswith("vpc-")


def test_an_account_starts_empty() -> None:
    with emulator() as session:
        _build(session)
    with emulator() as session:
        ec2 = session.client("ec2")
        assert ec2.describe_vpcs()["Vpcs"] == []
        assert ec2.describe_subnets()["Subnets"] == []
        assert ec2.describe_security_groups()["SecurityGroups"] == []
        assert ec2.describe_route_tables()["RouteTables"] == []
        assert ec2.describe_network_acls()["NetworkAcls"] == []
        assert ec2.describe_internet_gateways()["InternetGateways"] == []
        assert session.client("iam").list_roles()["Roles"] == []
        assert session.client("kms").list_keys()["Keys"] == []
        assert session.client("s3").list_buckets()["Buckets"] == []
        assert session.client("bedrock").list_guardrails()["guardrails"] == []


def test_the_state_of_the_users_random_numbers_is_kept() -> None:
    random.seed(1)
    expected = [random.random() for _ in range(2)]
    random.seed(1)
    first = random.random()
    with emulator() as session:
        session.client("ec2").create_vpc(CidrBlock="10.0.0.0/16")
    assert [first, random.random()] == expected


@pytest.mark.parametrize(
    ("region", "partition"),
    [
        ("us-east-1", "aws"),
        ("eu-central-2", "aws"),
        ("mx-central-1", "aws"),
        ("xx-future-1", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
    ],
)
def test_any_region_and_account(region: str, partition: str) -> None:
    with emulator(account_id="210987654321", region=region) as session:
        assert session.client("sts").get_caller_identity()["Account"] == "210987654321"
        role = session.client("iam").create_role(RoleName="r", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
        assert role == f"arn:{partition}:iam::210987654321:role/r"
        key = session.client("kms").create_key()["KeyMetadata"]["Arn"]
        assert key.startswith(f"arn:{partition}:kms:{region}:210987654321:key/")
        location = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        session.client("s3").create_bucket(Bucket="b-regional", **location)
        assert session.client("s3").get_bucket_location(Bucket="b-regional")["LocationConstraint"] == (
            None if region == "us-east-1" else region
        )
        ec2 = session.client("ec2")
        zones = [zone["ZoneName"] for zone in ec2.describe_availability_zones()["AvailabilityZones"]]
        assert f"{region}a" in zones
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
        assert vpc["OwnerId"] == "210987654321"
        subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock="10.0.0.0/24", AvailabilityZone=f"{region}a")["Subnet"]
        assert subnet["AvailabilityZone"] == f"{region}a"


def test_clients_are_made_once() -> None:
    with emulator() as session:
        assert session.client("s3") is session.client("s3")
        assert session.client("s3", region_name="eu-west-1") is not session.client("s3")


def test_one_emulator_at_a_time() -> None:
    with emulator(), pytest.raises(RuntimeError, match="already active"), emulator():
        pass
    with emulator():
        pass


def test_what_is_missing_is_an_error_of_the_call() -> None:
    with emulator() as session:
        with pytest.raises(ClientError) as caught:
            session.client("accessanalyzer").list_analyzers()
        assert caught.value.response["Error"]["Code"] == "NotEmulated"
        assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
        with pytest.raises(ClientError) as caught:
            session.client("sagemaker").list_mlflow_tracking_servers()
        assert caught.value.response["Error"]["Code"] == "NotEmulated"


def test_an_instance_starts_in_its_zone_without_the_tables_of_types() -> None:
    with emulator(region="eu-west-3") as session:
        ec2 = session.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24", AvailabilityZone="eu-west-3b")["Subnet"][
            "SubnetId"
        ]
        instance = ec2.run_instances(
            ImageId="ami-12345678",
            InstanceType="p5.48xlarge",
            MinCount=1,
            MaxCount=1,
            SubnetId=subnet,
            Placement={"AvailabilityZone": "eu-west-3b"},
        )["Instances"][0]
        assert instance["Placement"]["AvailabilityZone"] == "eu-west-3b"
        types = ec2.describe_instance_types(InstanceTypes=["t3.micro"])["InstanceTypes"]
        assert types[0]["VCpuInfo"]["DefaultVCpus"] == 2


def test_documents_of_managed_policies() -> None:
    from scenarios.emulator import managed_policies

    document = managed_policies.document("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
    assert document is not None
    assert "logs:PutLogEvents" in document["Statement"][0]["Action"]
    document.clear()
    assert managed_policies.document("arn:aws-cn:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")
    assert managed_policies.document("arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole") is None
    assert (
        managed_policies.document("arn:aws:iam::123456789012:policy/service-role/AWSLambdaBasicExecutionRole") is None
    )
