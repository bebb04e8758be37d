"""What both twins are made with: an account in an emulator whose address is the first argument."""
import io
import json
import sys
import zipfile

import boto3
from botocore.config import Config

REGION, ACCOUNT = "us-east-1", "123456789012"


def client(service):
    return boto3.client(
        service, region_name=REGION, endpoint_url=sys.argv[1], aws_access_key_id="test", aws_secret_access_key="test",
        config=Config(inject_host_prefix=False, retries={"max_attempts": 1}))


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def code():
    """A function's package with nothing in it."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("index.py", "def handler(event, context): return 1")
    return archive.getvalue()


def channel(bucket):
    return [{"ChannelName": "train", "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{bucket}/train/", "S3DataDistributionType": "FullyReplicated"}}}]


def tool_schema():
    return {"inlinePayload": [{"name": "order", "description": "status of an order", "inputSchema": {"type": "object", "properties": {"id": {"type": "string"}}}}]}


def vectors(collection):
    fields = {"vectorField": "vector", "textField": "text", "metadataField": "meta"}
    return {"type": "OPENSEARCH_SERVERLESS", "opensearchServerlessConfiguration": {"collectionArn": collection, "vectorIndexName": "docs", "fieldMapping": fields}}


EMBEDDING = {"type": "VECTOR", "vectorKnowledgeBaseConfiguration": {"embeddingModelArn": f"arn:aws:bedrock:{REGION}::foundation-model/amazon.titan-embed-text-v2:0"}}
