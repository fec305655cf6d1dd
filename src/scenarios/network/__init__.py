"""Networks: the way that a packet takes, hop by hop, or the one thing that blocks it."""

from scenarios.network.attached import each_interface
from scenarios.network.elsewhere import to_networks
from scenarios.network.exposure import Exposed, Exposure, acl_exposures, group_exposures
from scenarios.network.internet import ways_in, ways_out
from scenarios.network.needed.calls import service_of
from scenarios.network.needed.needs import Need, needs
from scenarios.network.path import (
    Block,
    Blocked,
    Destination,
    Hop,
    Internet,
    Network,
    Path,
    Service,
    Trace,
    Undecided,
)
from scenarios.network.reach import Reached, reach
from scenarios.network.services.endpoint import short_name
from scenarios.network.services.through import through_endpoint
from scenarios.network.trace import trace

__all__ = [
    "Block",
    "Blocked",
    "Destination",
    "Exposed",
    "Exposure",
    "Hop",
    "Internet",
    "Need",
    "Network",
    "Path",
    "Reached",
    "Service",
    "Trace",
    "Undecided",
    "each_interface",
    "acl_exposures",
    "group_exposures",
    "needs",
    "reach",
    "service_of",
    "short_name",
    "through_endpoint",
    "to_networks",
    "trace",
    "ways_in",
    "ways_out",
]
