"""API calls as the authorisations that AWS makes for them, one module a service.

| call | authorisations | module |
|---|---|---|
| GetObject, PutObject, UploadPart under SSE-KMS | S3 on the object; KMS on its key, in the caller's name | `s3` |
| the same through an access point | S3 on the access point's object, S3 on the bucket's, KMS | `s3` |
| InvokeModel, Converse | the model; a profile and each model behind it; the guardrail and its key | `bedrock` |
| Retrieve, RetrieveAndGenerate | the knowledge base; the model that answers | `bedrock` |
| InvokeAgent | the alias; by the agent's role: model, knowledge bases, guardrail; by Bedrock: functions | `agents` |
| CreateModelInvocationJob | the model, passing the role; by the role: input, output, model | `jobs` |
| SageMaker's create calls | the call, passing the role, a grant on the volume's key | `sagemaker` |
| an image pull from ECR | a token, the repository; layers from ECR's own bucket | `ecr` |
| GetSecretValue | the secret; its key, in the caller's name | `secretsmanager` |
| AssumeRole, passing a role | the role | `roles` |
| deliveries of CloudTrail, Bedrock, flow logs | bucket, key, log group, by the service or a role | `delivery` |

Each module names AWS's pages. `whole_call` finds the rest of a call from its first authorisation.
"""
