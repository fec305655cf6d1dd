"""Templates: decoded safely, with the position of everything."""

from scenarios.template.discover import discover, looks_like_template
from scenarios.template.language_extensions import expand
from scenarios.template.load import load, parse
from scenarios.template.template import Template, Unsupported

__all__ = ["Template", "Unsupported", "discover", "expand", "load", "looks_like_template", "parse"]
