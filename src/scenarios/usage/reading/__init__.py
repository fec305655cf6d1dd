"""Files of log deliveries, as far as they can be read."""
