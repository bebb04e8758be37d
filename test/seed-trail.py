"""Makes a bucket for trail files and a queue that is told of them, and prints the queue's URL."""
import sys
import boto3

client = lambda service: boto3.client(service, endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
client("s3").create_bucket(Bucket="trail")
print(client("sqs").create_queue(QueueName="trail", Attributes={"VisibilityTimeout": "2"})["QueueUrl"], end="")
