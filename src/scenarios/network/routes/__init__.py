"""Where routes and gateways send packets, and their answers."""
