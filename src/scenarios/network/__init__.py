"""Networks: the way that a packet takes, hop by hop, or the one thing that blocks it."""

from scenarios.network.called_services import service_of
from scenarios.network.elsewhere import to_networks
from scenarios.network.endpoint import short_name
from scenarios.network.internet import ways_in, ways_out
from scenarios.network.needs import Need, needs
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
from scenarios.network.services import through_endpoint
from scenarios.network.trace import trace

__all__ = [
    "Block",
    "Blocked",
    "Destination",
    "Hop",
    "Internet",
    "Need",
    "Network",
    "Path",
    "Reached",
    "Service",
    "Trace",
    "Undecided",
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
