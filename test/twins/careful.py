"""The same kinds of things as in careless.py, each as AWS's documentation wants it: python test/twins/careful.py ENDPOINT"""
import json

from common import ACCOUNT, EMBEDDING, REGION, allow, channel, client, code, policy, tool_schema, vectors

TAGS = [{"Key": "owner", "Value": "ml-platform"}, {"Key": "environment", "Value": "production"}]
OWNER = {tag["Key"]: tag["Value"] for tag in TAGS}
LOWER = [{"key": tag["Key"], "value": tag["Value"]} for tag in TAGS]
HERE = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
MODEL = f"arn:aws:bedrock:{REGION}::foundation-model/anthropic.claude-3-haiku-20240307-v1:0"
EMBEDDER = f"arn:aws:bedrock:{REGION}::foundation-model/amazon.titan-embed-text-v2:0"
GUARDED = {"StringLike": {"bedrock:GuardrailIdentifier": f"arn:aws:bedrock:{REGION}:{ACCOUNT}:guardrail/*"}}
LOGS = allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/*")
BUCKETS = ["train-careful", "models-careful", "calls-careful", "trail-careful"]

kms = client("kms")
key = kms.create_key(Policy=policy(allow("kms:*", "*", Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:root"})))["KeyMetadata"]["Arn"]
kms.enable_key_rotation(KeyId=key)
iam = client("iam")


def role(name, service, *statements):
    trust = {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": HERE}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust), Tags=TAGS)["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="least", PolicyDocument=policy(*statements))
    return arn


def objects(bucket, *actions):
    return allow(list(actions), f"arn:aws:s3:::{bucket}/*")


decrypt = allow(["kms:Decrypt", "kms:GenerateDataKey"], key)
training_role = role("training", "sagemaker", LOGS, objects("train-careful", "s3:GetObject"), objects("models-careful", "s3:PutObject"), decrypt)
serving_role = role("serving", "sagemaker", LOGS, objects("models-careful", "s3:GetObject"), decrypt)
notebook_role = role("notebook", "sagemaker", LOGS, objects("train-careful", "s3:GetObject"), decrypt)
pipeline_role = role("pipeline", "sagemaker", allow(["sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob"], f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:training-job/churn*"))
agent_role = role("agent", "bedrock", allow("bedrock:InvokeModel", MODEL), allow("bedrock:ApplyGuardrail", f"arn:aws:bedrock:{REGION}:{ACCOUNT}:guardrail/gr1"))
base_role = role("base", "bedrock", allow("bedrock:InvokeModel", EMBEDDER), allow("aoss:APIAccessAll", f"arn:aws:aoss:{REGION}:{ACCOUNT}:collection/abc"))
tuning_role = role("tuning", "bedrock", objects("train-careful", "s3:GetObject"), objects("models-careful", "s3:PutObject"), decrypt)
runtime_role = role("runtime", "bedrock-agentcore", LOGS, allow("bedrock:InvokeModel", MODEL, Condition=GUARDED))
tool_role = role("tool", "lambda", LOGS, allow("dynamodb:GetItem", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/orders"))
language_role = role("language", "comprehend", objects("train-careful", "s3:GetObject"), decrypt)
bot_role = role("bot", "lexv2", allow("polly:SynthesizeSpeech", "*"))
calls_role = role("calls", "bedrock", allow(["logs:CreateLogStream", "logs:PutLogEvents"], f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/bedrock/calls:*"))

ec2 = client("ec2")
vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.20.{n}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"]["SubnetId"] for n, zone in ((1, "a"), (2, "b"))]
group = ec2.create_security_group(GroupName="ml", Description="ml", VpcId=vpc)["GroupId"]
ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group}]}])
ours = policy(allow("*", "*", Principal="*", Condition={"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}))
for service in ("bedrock-runtime", "bedrock-agent-runtime", "bedrock-agentcore", "sagemaker.api", "sagemaker.runtime"):
    ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName=f"com.amazonaws.{REGION}.{service}", VpcEndpointType="Interface", SubnetIds=subnets, SecurityGroupIds=[group], PrivateDnsEnabled=True, PolicyDocument=ours)
ec2.run_instances(
    ImageId="ami-12c6146b", InstanceType="g5.xlarge", MinCount=1, MaxCount=1, SubnetId=subnets[0], SecurityGroupIds=[group],
    MetadataOptions={"HttpTokens": "required", "HttpEndpoint": "enabled"}, BlockDeviceMappings=[{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 100, "Encrypted": True, "KmsKeyId": key}}])
NETWORK = {"Subnets": subnets, "SecurityGroupIds": [group]}

s3 = client("s3")
for bucket in BUCKETS:
    s3.create_bucket(Bucket=bucket)
    s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True})
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}}]})
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [*TAGS, {"Key": "data-classification", "Value": "confidential"}]})
    places = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
    plain = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "s3:*", "Resource": places, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    writers = {"trail-careful": ["cloudtrail", "logging.s3"], "calls-careful": ["bedrock"]}.get(bucket, [])
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(plain, *(
        allow("s3:PutObject", places[1], Principal={"Service": f"{writer}.amazonaws.com"}, Condition=HERE) for writer in writers)))
for bucket in BUCKETS:
    s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": "trail-careful", "TargetPrefix": f"{bucket}/"}})

logs = client("logs")
for name in ("/bedrock/calls", "/lex/support", "/api/chat"):
    logs.create_log_group(logGroupName=name, kmsKeyId=key, tags=OWNER)
    logs.put_retention_policy(logGroupName=name, retentionInDays=365)
trail = client("cloudtrail")
trail.create_trail(Name="all", S3BucketName="trail-careful", IsMultiRegionTrail=True, EnableLogFileValidation=True, KmsKeyId=key)
trail.start_logging(Name="all")
recorded = ["AWS::S3::Object", "AWS::Bedrock::AgentAlias", "AWS::Bedrock::KnowledgeBase", "AWS::BedrockAgentCore::Runtime", "AWS::SageMaker::Endpoint"]
trail.put_event_selectors(TrailName="all", AdvancedEventSelectors=[
    {"Name": kind, "FieldSelectors": [{"Field": "eventCategory", "Equals": ["Data"]}, {"Field": "resources.type", "Equals": [kind]}]} for kind in recorded])
client("bedrock").put_model_invocation_logging_configuration(loggingConfig={
    "cloudWatchConfig": {"logGroupName": "/bedrock/calls", "roleArn": calls_role, "largeDataDeliveryS3Config": {"bucketName": "calls-careful"}},
    "textDataDeliveryEnabled": True, "imageDataDeliveryEnabled": True, "embeddingDataDeliveryEnabled": True})

client("ecr").create_repository(repositoryName="churn", imageTagMutability="IMMUTABLE", imageScanningConfiguration={"scanOnPush": True}, encryptionConfiguration={"encryptionType": "KMS", "kmsKey": key})
sagemaker = client("sagemaker")
image = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/churn@sha256:" + "b" * 64
artifact = "s3://models-careful/churn/model.tar.gz"
machines = {"InstanceType": "ml.m5.large", "InstanceCount": 2, "VolumeSizeInGB": 10, "VolumeKmsKeyId": key}
training = {
    "AlgorithmSpecification": {"TrainingImage": image, "TrainingInputMode": "File"}, "RoleArn": training_role, "InputDataConfig": channel("train-careful"),
    "OutputDataConfig": {"S3OutputPath": "s3://models-careful/churn", "KmsKeyId": key}, "ResourceConfig": machines, "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
    "VpcConfig": NETWORK, "EnableNetworkIsolation": True, "EnableInterContainerTrafficEncryption": True}
sagemaker.create_notebook_instance_lifecycle_config(NotebookInstanceLifecycleConfigName="stop-when-idle", OnStart=[{"Content": "IyEvYmluL2Jhc2gKZWNobyBvawo="}])
sagemaker.create_notebook_instance(
    NotebookInstanceName="lab", InstanceType="ml.t3.medium", RoleArn=notebook_role, SubnetId=subnets[0], SecurityGroupIds=[group], DirectInternetAccess="Disabled", RootAccess="Disabled", KmsKeyId=key,
    PlatformIdentifier="notebook-al2023-v1", LifecycleConfigName="stop-when-idle", InstanceMetadataServiceConfiguration={"MinimumInstanceMetadataServiceVersion": "2"}, Tags=TAGS)
idle = {"AppLifecycleManagement": {"IdleSettings": {"LifecycleManagement": "ENABLED", "IdleTimeoutInMinutes": 120}}}
sagemaker.create_domain(
    DomainName="studio", AuthMode="SSO", VpcId=vpc, SubnetIds=subnets, AppNetworkAccessType="VpcOnly", KmsKeyId=key, DomainSettings={"ExecutionRoleIdentityConfig": "USER_PROFILE_NAME"},
    DefaultUserSettings={"ExecutionRole": notebook_role, "SecurityGroups": [group], "SharingSettings": {"NotebookOutputOption": "Disabled"}, "JupyterLabAppSettings": idle}, Tags=TAGS)
specification = {"Containers": [{"Image": image, "ModelDataUrl": artifact}], "SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}
sagemaker.create_model_package_group(ModelPackageGroupName="churn", Tags=TAGS)
package = sagemaker.create_model_package(ModelPackageGroupName="churn", ModelApprovalStatus="PendingManualApproval", InferenceSpecification=specification)["ModelPackageArn"]
sagemaker.update_model_package(ModelPackageArn=package, ModelApprovalStatus="Approved", ApprovalDescription="evaluated by the risk team")
container = {"ModelPackageName": package, "Image": image, "ModelDataUrl": artifact, "ImageConfig": {"RepositoryAccessMode": "Vpc"}, "Environment": {"LOG_LEVEL": "info"}}
sagemaker.create_model(ModelName="churn", ExecutionRoleArn=serving_role, PrimaryContainer=container, VpcConfig=NETWORK, EnableNetworkIsolation=True, Tags=TAGS)
sagemaker.create_model_card(ModelCardName="churn", ModelCardStatus="Approved", SecurityConfig={"KmsKeyId": key}, Content=json.dumps({"model_overview": {"model_name": "churn"}}), Tags=TAGS)
capture = {"EnableCapture": True, "InitialSamplingPercentage": 100, "DestinationS3Uri": "s3://models-careful/capture", "KmsKeyId": key, "CaptureOptions": [{"CaptureMode": "Input"}, {"CaptureMode": "Output"}]}
sagemaker.create_endpoint_config(
    EndpointConfigName="churn", ProductionVariants=[{"VariantName": "all", "ModelName": "churn", "InstanceType": "ml.m5.large", "InitialInstanceCount": 2}],
    DataCaptureConfig=capture, KmsKeyId=key, Tags=TAGS)
sagemaker.create_endpoint(EndpointName="churn", EndpointConfigName="churn", Tags=TAGS)
sagemaker.create_training_job(TrainingJobName="churn", Tags=TAGS, **training)
sagemaker.create_hyper_parameter_tuning_job(
    HyperParameterTuningJobName="tune", HyperParameterTuningJobConfig={"Strategy": "Bayesian", "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 1}},
    TrainingJobDefinition=training, Tags=TAGS)
sagemaker.create_transform_job(
    TransformJobName="score", ModelName="churn", TransformInput={"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://train-careful/batch/"}}},
    TransformOutput={"S3OutputPath": "s3://models-careful/scores/", "KmsKeyId": key}, TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeKmsKeyId": key}, Tags=TAGS)
sagemaker.create_model_bias_job_definition(
    JobDefinitionName="bias", RoleArn=training_role, ModelBiasAppSpecification={"ImageUri": image, "ConfigUri": "s3://train-careful/bias.json"},
    ModelBiasJobInput={"EndpointInput": {"EndpointName": "churn", "LocalPath": "/opt/ml/in"}, "GroundTruthS3Input": {"S3Uri": "s3://train-careful/truth"}},
    ModelBiasJobOutputConfig={"MonitoringOutputs": [{"S3Output": {"S3Uri": "s3://models-careful/bias", "LocalPath": "/opt/ml/out"}}], "KmsKeyId": key},
    JobResources={"ClusterConfig": machines}, NetworkConfig={"EnableInterContainerTrafficEncryption": True, "EnableNetworkIsolation": True, "VpcConfig": NETWORK}, Tags=TAGS)
register = {"Name": "Register", "Type": "RegisterModel", "Arguments": {"ModelPackageGroupName": "churn", "ModelApprovalStatus": "PendingManualApproval"}}
sagemaker.create_pipeline(PipelineName="churn", RoleArn=pipeline_role, ClientRequestToken="a" * 32, PipelineDefinition=json.dumps({"Version": "2020-12-01", "Steps": [register]}), Tags=TAGS)

run = client("lambda")
tool = run.create_function(
    FunctionName="tool", Runtime="python3.13", Role=tool_role, Handler="index.handler", Code={"ZipFile": code()}, KMSKeyArn=key, Environment={"Variables": {"TABLE": "orders"}},
    VpcConfig={"SubnetIds": subnets, "SecurityGroupIds": [group]}, Tags=OWNER)["FunctionArn"]
run.put_function_concurrency(FunctionName="tool", ReservedConcurrentExecutions=20)
client("bedrock-agent").create_agent(
    agentName="support", agentResourceRoleArn=agent_role, foundationModel="anthropic.claude-3-haiku-20240307-v1:0", instruction="Answer questions about orders, politely and in two sentences.",
    customerEncryptionKeyArn=key, idleSessionTTLInSeconds=600, guardrailConfiguration={"guardrailIdentifier": "gr1", "guardrailVersion": "1"}, tags=OWNER)
base = client("bedrock-agent").create_knowledge_base(
    name="docs", roleArn=base_role, knowledgeBaseConfiguration=EMBEDDING, storageConfiguration=vectors(f"arn:aws:aoss:{REGION}:{ACCOUNT}:collection/abc"), tags=OWNER)["knowledgeBase"]["knowledgeBaseArn"]
client("bedrock").create_model_customization_job(
    jobName="tune", customModelName="tuned", roleArn=tuning_role, baseModelIdentifier=f"arn:aws:bedrock:{REGION}::foundation-model/amazon.titan-text-express-v1", customModelKmsKeyId=key,
    trainingDataConfig={"s3Uri": "s3://train-careful/tune.jsonl"}, outputDataConfig={"s3Uri": "s3://models-careful/out/"}, hyperParameters={"epochCount": "1"},
    vpcConfig={"subnetIds": subnets, "securityGroupIds": [group]}, jobTags=LOWER, customModelTags=LOWER)
core = client("bedrock-agentcore-control")
signed = {"customJWTAuthorizer": {"discoveryUrl": "https://login.example.com/.well-known/openid-configuration", "allowedClients": ["web"], "allowedAudience": ["orders"], "allowedScopes": ["orders/read"]}}
core.create_agent_runtime(
    agentRuntimeName="orders", roleArn=runtime_role, authorizerConfiguration=signed, networkConfiguration={"networkMode": "VPC", "networkModeConfig": {"subnets": subnets, "securityGroups": [group]}},
    agentRuntimeArtifact={"containerConfiguration": {"containerUri": image}}, environmentVariables={"LOG_LEVEL": "info"}, tags=OWNER)
engine = {"arn": f"arn:aws:bedrock-agentcore:{REGION}:{ACCOUNT}:policy-engine/rules-abcdefghij", "mode": "ENFORCE"}
door = core.create_gateway(name="tools", roleArn=runtime_role, protocolType="MCP", authorizerType="CUSTOM_JWT", authorizerConfiguration=signed, kmsKeyArn=key, policyEngineConfiguration=engine, tags=OWNER)
core.create_gateway_target(
    gatewayIdentifier=door["gatewayId"], name="orders", targetConfiguration={"mcp": {"lambda": {"lambdaArn": tool, "toolSchema": tool_schema()}}},
    credentialProviderConfigurations=[{"credentialProviderType": "GATEWAY_IAM_ROLE"}])
core.create_memory(name="orders", eventExpiryDuration=30, encryptionKeyArn=key, tags=OWNER)
logs.put_delivery_source(name="base", resourceArn=base, logType="APPLICATION_LOGS")
firewall = client("wafv2").create_web_acl(Name="tools", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig={"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "tools"})["Summary"]["ARN"]
client("wafv2").associate_web_acl(WebACLArn=firewall, ResourceArn=door["gatewayArn"])

comprehend = client("comprehend")
place = {"SecurityGroupIds": [group], "Subnets": subnets}
keys = {"VolumeKmsKeyId": key, "VpcConfig": place, "Tags": TAGS}
comprehend.create_document_classifier(
    DocumentClassifierName="tickets", VersionName="v1", DataAccessRoleArn=language_role, InputDataConfig={"S3Uri": "s3://train-careful/tickets/"}, LanguageCode="en", ModelKmsKeyId=key, **keys)
comprehend.start_sentiment_detection_job(
    JobName="moods", DataAccessRoleArn=language_role, LanguageCode="en", InputDataConfig={"S3Uri": "s3://train-careful/j/"}, OutputDataConfig={"S3Uri": "s3://models-careful/o/", "KmsKeyId": key}, **keys)
bot = client("lexv2-models").create_bot(botName="support", roleArn=bot_role, dataPrivacy={"childDirected": False}, idleSessionTTLInSeconds=300, botTags=OWNER)["botId"]
text = {"enabled": True, "destination": {"cloudWatch": {"cloudWatchLogGroupArn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/lex/support", "logPrefix": "bot"}}}
client("lexv2-models").create_bot_alias(botAliasName="live", botId=bot, botVersion="1", conversationLogSettings={"textLogSettings": [text]})
client("s3vectors").create_vector_bucket(vectorBucketName="docs", encryptionConfiguration={"sseType": "aws:kms", "kmsKeyArn": key})
client("budgets").create_budget(AccountId=ACCOUNT, Budget={"BudgetName": "ai", "BudgetLimit": {"Amount": "500", "Unit": "USD"}, "TimeUnit": "MONTHLY", "BudgetType": "COST", "CostFilters": {"Service": ["Amazon Bedrock"]}})
client("cloudwatch").put_metric_alarm(
    AlarmName="tokens", Namespace="AWS/Bedrock", MetricName="InputTokenCount", Statistic="Sum", Period=300, EvaluationPeriods=1, Threshold=1000000, ComparisonOperator="GreaterThanThreshold")
pattern = {"source": ["aws.bedrock"], "detail": {"eventName": ["UpdateGuardrail", "DeleteGuardrail", "DeleteModelInvocationLoggingConfiguration"]}}
client("events").put_rule(Name="tampering", State="ENABLED", EventPattern=json.dumps(pattern))
client("inspector2").enable(resourceTypes=["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"], accountIds=[ACCOUNT])
client("guardduty").create_detector(Enable=True, Features=[{"Name": name, "Status": "ENABLED"} for name in ("S3_DATA_EVENTS", "LAMBDA_NETWORK_LOGS")])

organizations = client("organizations")
organizations.create_organization(FeatureSet="ALL")
root = organizations.list_roots()["Roots"][0]["Id"]
sealed = {"@@operators_allowed_for_child_policies": ["@@none"]}
limits = policy(
    {"Effect": "Deny", "Action": "bedrock:InvokeModel*", "NotResource": ["arn:aws:bedrock:*::foundation-model/anthropic.*", "arn:aws:bedrock:*::foundation-model/amazon.*"]},
    {"Effect": "Deny", "Action": "bedrock:InvokeModel*", "Resource": "*", "Condition": {"Null": {"bedrock:GuardrailIdentifier": "true"}}},
    {"Effect": "Deny", "Action": "sagemaker:CreateNotebookInstance", "Resource": "*", "Condition": {"StringEquals": {"sagemaker:RootAccess": "Enabled"}}})
out = json.dumps({"services": {"default": {"opt_out_policy": {"@@assign": "optOut", **sealed}}}})
for kind, content in (("SERVICE_CONTROL_POLICY", limits), ("AISERVICES_OPT_OUT_POLICY", out)):
    organizations.enable_policy_type(RootId=root, PolicyType=kind)
    made = organizations.create_policy(Name=kind.lower(), Description="AI", Type=kind, Content=content)["Policy"]["PolicySummary"]["Id"]
    organizations.attach_policy(PolicyId=made, TargetId=root)
