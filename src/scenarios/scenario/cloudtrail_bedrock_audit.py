"""Does CloudTrail record every Bedrock call, and can the records be trusted?"""

from __future__ import annotations

from scenarios.account import Account
from scenarios.rules.data_events_missing import data_events_missing
from scenarios.rules.invocation_log_undelivered import invocation_log_undelivered
from scenarios.rules.log_retention_unset import log_retention_unset
from scenarios.rules.management_events_missing import management_events_missing
from scenarios.rules.network_activity_missing import network_activity_missing
from scenarios.rules.read_events_missing import read_events_missing
from scenarios.rules.scope import Scope
from scenarios.rules.selector_type_invalid import selector_type_invalid
from scenarios.rules.trail_bucket_denies_delivery import trail_bucket_denies_delivery
from scenarios.rules.trail_bucket_exposed import trail_bucket_exposed
from scenarios.rules.trail_bucket_unscoped import trail_bucket_unscoped
from scenarios.rules.trail_destinations import trail_destinations
from scenarios.rules.trail_key_denies_delivery import trail_key_denies_delivery
from scenarios.rules.trail_key_unscoped import trail_key_unscoped
from scenarios.rules.trail_log_group_undelivered import trail_log_group_undelivered
from scenarios.rules.trail_missing import trail_missing
from scenarios.rules.trail_not_logging import trail_not_logging
from scenarios.rules.trail_single_region import trail_single_region
from scenarios.rules.trail_unencrypted import trail_unencrypted
from scenarios.rules.trail_validation_off import trail_validation_off
from scenarios.scenario.scenario import Scenario


def discover(account: Account) -> Scope:
    """The trails, and what was prepared for one of this account.

    What serves other accounts' trails alone (an organization's log archive) is no subject. A template with Bedrock
    resources but nothing of CloudTrail leaves auditing to another stack: the scenario does not apply to it.
    """
    stores = tuple(store.name for store in account.event_data_stores)
    prepared = tuple(destination.what for destination in trail_destinations(account))
    return Scope(trails=account.trails, audit=stores + prepared)


SCENARIO = Scenario(
    name="cloudtrail-bedrock-audit",
    question="Does CloudTrail record every Bedrock call, and can the records be trusted?",
    discover=discover,
    rules=(
        trail_missing,
        trail_not_logging,
        management_events_missing,
        read_events_missing,
        data_events_missing,
        selector_type_invalid,
        trail_single_region,
        trail_bucket_denies_delivery,
        trail_bucket_unscoped,
        trail_bucket_exposed,
        trail_key_denies_delivery,
        trail_key_unscoped,
        trail_unencrypted,
        trail_validation_off,
        trail_log_group_undelivered,
        log_retention_unset,
        invocation_log_undelivered,
        network_activity_missing,
    ),
    subject_types=("AWS::CloudTrail::Trail", "AWS::CloudTrail::EventDataStore"),
)
