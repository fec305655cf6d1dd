"""The loop closed: the audit template deployed in the emulator, calls of Bedrock made there and recorded as CloudTrail
records them, and `scenarios usage` reading the answer out of the template's own log bucket."""
