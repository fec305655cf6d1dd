"""Which AWS services a workload has to reach."""
