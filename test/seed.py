"""Makes a small AI estate in an emulated account: python test/seed.py ENDPOINT"""
import json
import sys

import boto3

REGION = "us-east-1"


def client(service):
    return boto3.client(service, region_name=REGION, endpoint_url=sys.argv[1], aws_access_key_id="test", aws_secret_access_key="test")


def policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


iam = client("iam")
role = iam.create_role(RoleName="ml", AssumeRolePolicyDocument=policy(Principal={"Service": "sagemaker.amazonaws.com"}, Action="sts:AssumeRole"))["Role"]["Arn"]
iam.put_role_policy(RoleName="ml", PolicyName="all", PolicyDocument=policy(Action="*", Resource="*"))
iam.create_user(UserName="ann")
iam.create_access_key(UserName="ann")

s3 = client("s3")
s3.create_bucket(Bucket="training-data")
s3.put_bucket_policy(Bucket="training-data", Policy=policy(Principal="*", Action="s3:GetObject", Resource="arn:aws:s3:::training-data/*"))

sagemaker = client("sagemaker")
sagemaker.create_notebook_instance(NotebookInstanceName="notebook", InstanceType="ml.t3.medium", RoleArn=role, DirectInternetAccess="Enabled", Tags=[{"Key": "owner", "Value": "ann"}])
sagemaker.create_model(ModelName="fraud", ExecutionRoleArn=role, PrimaryContainer={"Image": "image", "ModelDataUrl": "s3://training-data/model.tgz", "Environment": {"OPENAI_API_KEY": "sk-proj-" + "a1B2" * 8, "MODE": "batch"}})
sagemaker.create_endpoint_config(EndpointConfigName="fraud", ProductionVariants=[{"VariantName": "v", "ModelName": "fraud", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}])
sagemaker.create_endpoint(EndpointName="fraud", EndpointConfigName="fraud")
sagemaker.create_training_job(
    TrainingJobName="train", AlgorithmSpecification={"TrainingImage": "image", "TrainingInputMode": "File"}, RoleArn=role, OutputDataConfig={"S3OutputPath": "s3://training-data/out"},
    ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10}, StoppingCondition={"MaxRuntimeInSeconds": 100})

sagemaker.create_feature_group(
    FeatureGroupName="customers", RecordIdentifierFeatureName="id", EventTimeFeatureName="time", FeatureDefinitions=[{"FeatureName": "id", "FeatureType": "String"}], RoleArn=role,
    OfflineStoreConfig={"S3StorageConfig": {"S3Uri": "s3://training-data/features"}})

client("bedrock-agent").create_agent(agentName="support", agentResourceRoleArn=role, foundationModel="anthropic.claude-3-haiku-20240307-v1:0")
client("bedrock").create_model_customization_job(
    jobName="tune", customModelName="tuned", roleArn=role, baseModelIdentifier="amazon.titan-text-express-v1", trainingDataConfig={"s3Uri": "s3://training-data/t"}, outputDataConfig={"s3Uri": "s3://training-data/o"}, hyperParameters={"epochCount": "1"})
client("kms").create_key()
client("secretsmanager").create_secret(Name="prod/openai-api-key", SecretString="x")
client("dynamodb").create_table(TableName="sessions", KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}], AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST")
