"""CloudFormation over boto3: templates in, resources and a ledger out."""
