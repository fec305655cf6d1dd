"""Networks: the way that a packet takes, hop by hop, or the one thing that blocks it."""

from scenarios.network.endpoint import short_name
from scenarios.network.needs import needs
from scenarios.network.path import Blocked, Destination, Hop, Internet, Path, Service, Trace, Undecided
from scenarios.network.reach import ways_out
from scenarios.network.trace import through_endpoint, trace

__all__ = [
    "Blocked",
    "Destination",
    "Hop",
    "Internet",
    "Path",
    "Service",
    "Trace",
    "Undecided",
    "needs",
    "short_name",
    "through_endpoint",
    "trace",
    "ways_out",
]
