"""The way to an AWS service, through a VPC endpoint."""
