"""AWS::Scheduler."""

from __future__ import annotations

from scenarios.deployment.providers.simple import simple

simple(
    "AWS::Scheduler::Schedule",
    "scheduler",
    "CreateSchedule",
    ref="{Name}",
    identity="{ScheduleArn}",
    attributes={"Arn": "{ScheduleArn}"},
    parts={"target": "Target"},
    name="Name",
)
simple(
    "AWS::Scheduler::ScheduleGroup",
    "scheduler",
    "CreateScheduleGroup",
    ref="{Name}",
    identity="{ScheduleGroupArn}",
    attributes={"Arn": "{ScheduleGroupArn}"},
    name="Name",
)
