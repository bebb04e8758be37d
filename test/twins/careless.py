"""An AI account as quick starts leave it, and worse: python test/twins/careless.py ENDPOINT"""
import json

from common import ACCOUNT, EMBEDDING, REGION, allow, channel, client, code, policy, tool_schema, vectors

STRANGER = "999988887777"
KEYED = {"OPENAI_API_KEY": "sk-proj-" + "a1B2" * 10, "DB_PASSWORD": "hunter2hunter2"}
iam = client("iam")


def role(name, principal, *statements, managed=()):
    trust = {"Effect": "Allow", "Principal": principal if isinstance(principal, dict) else {"Service": f"{principal}.amazonaws.com"}, "Action": "sts:AssumeRole"}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))["Role"]["Arn"]
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=policy(*statements))
    for one in managed:
        iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{one}")
    return arn


studio = role("AmazonSageMaker-ExecutionRole", "sagemaker", allow("s3:*", "*"), managed=["AmazonSageMakerFullAccess", "AdministratorAccess"])
agents = role("agents", "bedrock", allow("*", "*"))
base = role("base", "bedrock", allow(["s3:*", "bedrock:*", "aoss:*"], "*"))
language = role("language", "comprehend", allow("s3:*", "*"))
tool = role("tool", "lambda", managed=["AdministratorAccess"])
chat = role("chat", "lambda", allow("bedrock:*", "*"), allow("sagemaker:InvokeEndpoint", "*"))
runtime = role("runtime", "bedrock-agentcore", managed=["AdministratorAccess"])
role("partner", {"AWS": f"arn:aws:iam::{STRANGER}:root"}, allow(["bedrock:*", "sagemaker:*"], "*"))
iam.create_user(UserName="dev")
iam.attach_user_policy(UserName="dev", PolicyArn="arn:aws:iam::aws:policy/AmazonBedrockFullAccess")
iam.put_user_policy(UserName="dev", PolicyName="pass", PolicyDocument=policy(allow(["iam:PassRole", "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"], "*")))

ec2 = client("ec2")
vpc = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
subnets = [ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.20.{n}.0/24", AvailabilityZone=f"us-east-1{zone}")["Subnet"]["SubnetId"] for n, zone in ((1, "a"), (2, "b"))]
gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
for subnet in subnets:
    ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
group = ec2.create_security_group(GroupName="open", Description="open", VpcId=vpc)["GroupId"]
ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]} for port in (22, 8888, 11434)])
ec2.run_instances(
    ImageId="ami-12c6146b", InstanceType="g5.xlarge", MinCount=1, MaxCount=1, MetadataOptions={"HttpTokens": "optional", "HttpEndpoint": "enabled"},
    NetworkInterfaces=[{"DeviceIndex": 0, "SubnetId": subnets[0], "Groups": [group], "AssociatePublicIpAddress": True}],
    UserData=f"#!/bin/bash\nexport OPENAI_API_KEY={KEYED['OPENAI_API_KEY']}\ndocker run -p 11434:11434 ollama/ollama\n")

s3 = client("s3")
for bucket in ("train-careless", "models-careless"):
    s3.create_bucket(Bucket=bucket)
s3.put_bucket_policy(Bucket="train-careless", Policy=policy(allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::train-careless/*", Principal="*")))
s3.put_bucket_policy(Bucket="models-careless", Policy=policy(allow("s3:*", ["arn:aws:s3:::models-careless", "arn:aws:s3:::models-careless/*"], Principal={"AWS": f"arn:aws:iam::{STRANGER}:root"})))

sagemaker = client("sagemaker")
image = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/churn:latest"
algorithm = {"TrainingImage": image, "TrainingInputMode": "File"}
machines = {"InstanceType": "ml.m5.large", "InstanceCount": 2, "VolumeSizeInGB": 10}
training = {"AlgorithmSpecification": algorithm, "RoleArn": studio, "InputDataConfig": channel("train-careless"), "OutputDataConfig": {"S3OutputPath": "s3://models-careless/churn"},
            "ResourceConfig": machines, "StoppingCondition": {"MaxRuntimeInSeconds": 3600}}
sagemaker.create_notebook_instance(NotebookInstanceName="lab", InstanceType="ml.t3.medium", RoleArn=studio)
sagemaker.create_domain(DomainName="studio", AuthMode="IAM", VpcId=vpc, SubnetIds=subnets, DefaultUserSettings={"ExecutionRole": studio})
sagemaker.create_model(
    ModelName="churn", ExecutionRoleArn=studio,
    PrimaryContainer={"Image": image, "ModelDataUrl": "s3://models-careless/model.tar.gz", "Environment": {"HF_TOKEN": "hf_" + "Example" * 5, "HF_MODEL_TRUST_REMOTE_CODE": "true"}})
sagemaker.create_endpoint_config(EndpointConfigName="churn", ProductionVariants=[{"VariantName": "all", "ModelName": "churn", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}])
sagemaker.create_endpoint(EndpointName="churn", EndpointConfigName="churn")
sagemaker.create_training_job(TrainingJobName="churn", **training)
sagemaker.create_hyper_parameter_tuning_job(
    HyperParameterTuningJobName="tune", HyperParameterTuningJobConfig={"Strategy": "Bayesian", "ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 1}}, TrainingJobDefinition=training)
sagemaker.create_transform_job(
    TransformJobName="score", ModelName="churn", TransformInput={"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://train-careless/batch/"}}},
    TransformOutput={"S3OutputPath": "s3://train-careless/scores/"}, TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1})
sagemaker.create_model_package_group(ModelPackageGroupName="churn")
sagemaker.create_model_package(
    ModelPackageGroupName="churn", ModelApprovalStatus="Approved",
    InferenceSpecification={"Containers": [{"Image": image, "ModelDataUrl": "s3://models-careless/model.tar.gz"}], "SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]})
step = {"Name": "Register", "Type": "RegisterModel", "Arguments": {"ModelPackageGroupName": "churn", "ModelApprovalStatus": "Approved"}}
sagemaker.create_pipeline(PipelineName="churn", RoleArn=studio, ClientRequestToken="a" * 32, PipelineDefinition=json.dumps({"Version": "2020-12-01", "Steps": [step]}))

functions = {}
for name, execution in (("tool", tool), ("chat", chat)):
    functions[name] = client("lambda").create_function(FunctionName=name, Runtime="python3.8", Role=execution, Handler="index.handler", Code={"ZipFile": code()}, Environment={"Variables": KEYED})["FunctionArn"]
client("bedrock-agent").create_agent(agentName="support", agentResourceRoleArn=agents, foundationModel="anthropic.claude-v2", instruction="You are a helpful assistant that answers whatever it is asked.")
client("bedrock-agent").create_knowledge_base(name="docs", roleArn=base, knowledgeBaseConfiguration=EMBEDDING, storageConfiguration=vectors(f"arn:aws:aoss:{REGION}:{ACCOUNT}:collection/abc"))
client("bedrock").create_model_customization_job(
    jobName="tune", customModelName="tuned", roleArn=agents, baseModelIdentifier=f"arn:aws:bedrock:{REGION}::foundation-model/amazon.titan-text-express-v1",
    trainingDataConfig={"s3Uri": "s3://train-careless/tune.jsonl"}, outputDataConfig={"s3Uri": "s3://models-careless/out/"}, hyperParameters={"epochCount": "1"})
core = client("bedrock-agentcore-control")
core.create_agent_runtime(
    agentRuntimeName="orders", roleArn=runtime, networkConfiguration={"networkMode": "PUBLIC"}, environmentVariables={"OPENAI_API_KEY": KEYED["OPENAI_API_KEY"]},
    agentRuntimeArtifact={"containerConfiguration": {"containerUri": f"{STRANGER}.dkr.ecr.{REGION}.amazonaws.com/agent:latest"}})
door = core.create_gateway(name="tools", roleArn=runtime, protocolType="MCP", authorizerType="NONE")["gatewayId"]
core.create_gateway_target(
    gatewayIdentifier=door, name="orders", targetConfiguration={"mcp": {"lambda": {"lambdaArn": functions["tool"], "toolSchema": tool_schema()}}},
    credentialProviderConfigurations=[{"credentialProviderType": "GATEWAY_IAM_ROLE"}])
core.create_memory(name="orders", eventExpiryDuration=365)

api = client("apigateway")
rest = api.create_rest_api(name="chat")["id"]
root = api.get_resources(restApiId=rest)["items"][0]["id"]
api.put_method(restApiId=rest, resourceId=root, httpMethod="POST", authorizationType="NONE")
address = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{functions['chat']}/invocations"
api.put_integration(restApiId=rest, resourceId=root, httpMethod="POST", type="AWS_PROXY", integrationHttpMethod="POST", uri=address)
api.create_stage(restApiId=rest, stageName="live", deploymentId=api.create_deployment(restApiId=rest)["id"])

comprehend = client("comprehend")
classifier = comprehend.create_document_classifier(DocumentClassifierName="tickets", DataAccessRoleArn=language, InputDataConfig={"S3Uri": "s3://train-careless/tickets/"}, LanguageCode="en")["DocumentClassifierArn"]
comprehend.put_resource_policy(ResourceArn=classifier, ResourcePolicy=policy(allow("comprehend:ImportModel", "*", Principal={"AWS": "*"})))
comprehend.start_sentiment_detection_job(DataAccessRoleArn=language, LanguageCode="en", InputDataConfig={"S3Uri": "s3://train-careless/j/"}, OutputDataConfig={"S3Uri": "s3://train-careless/o/"})
client("transcribe").start_transcription_job(TranscriptionJobName="call", LanguageCode="en-US", Media={"MediaFileUri": "s3://train-careless/call.wav"})
bot = client("lexv2-models").create_bot(botName="support", roleArn=agents, dataPrivacy={"childDirected": False}, idleSessionTTLInSeconds=86400)["botId"]
client("lexv2-models").create_bot_alias(botAliasName="live", botId=bot, botVersion="1")
stores = client("s3vectors")
stores.create_vector_bucket(vectorBucketName="docs")
stores.put_vector_bucket_policy(vectorBucketName="docs", policy=policy(allow("s3vectors:*", "*", Principal="*")))
client("ecs").register_task_definition(family="rag", containerDefinitions=[{"name": "rag", "image": "vllm/vllm-openai:latest", "privileged": True, "memory": 512, "environment": [{"name": name, "value": value} for name, value in KEYED.items()]}])
client("ecr").create_repository(repositoryName="churn")
client("organizations").create_organization(FeatureSet="ALL")
