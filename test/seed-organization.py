"""Makes an organization of three accounts in an emulated AWS: python test/seed-organization.py ENDPOINT. Prints their ids and places."""
import json
import sys

import boto3


def client(service, keys=None):
    keys = keys or {"AccessKeyId": "test", "SecretAccessKey": "test", "SessionToken": None}
    return boto3.client(
        service, region_name="us-east-1", endpoint_url=sys.argv[1], aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"], aws_session_token=keys["SessionToken"])


def policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


organizations = client("organizations")
organization = organizations.create_organization(FeatureSet="ALL")["Organization"]["Id"]
root = organizations.list_roots()["Roots"][0]["Id"]
unit = organizations.create_organizational_unit(ParentId=root, Name="ml")["OrganizationalUnit"]["Id"]
organizations.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
scp = organizations.create_policy(
    Name="no-bedrock", Description="", Type="SERVICE_CONTROL_POLICY", Content=policy(Effect="Deny", Action="bedrock:*", Resource="*"))
organizations.attach_policy(PolicyId=scp["Policy"]["PolicySummary"]["Id"], TargetId=unit)

accounts = {}
for name in ("research", "locked"):
    account = accounts[name] = organizations.create_account(AccountName=name, Email=f"{name}@example.com")["CreateAccountStatus"]["AccountId"]
    organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
    keys = client("sts").assume_role(RoleArn=f"arn:aws:iam::{account}:role/BartizanScan", RoleSessionName="seed")["Credentials"]
    iam = client("iam", keys)
    iam.create_role(RoleName="ml", AssumeRolePolicyDocument=policy(Effect="Allow", Principal={"Service": "sagemaker.amazonaws.com"}, Action="sts:AssumeRole"))
    iam.put_role_policy(RoleName="ml", PolicyName="all", PolicyDocument=policy(Effect="Allow", Action=["bedrock:*", "s3:*"], Resource="*"))
    client("sagemaker", keys).create_notebook_instance(
        NotebookInstanceName=f"{name}-notebook", InstanceType="ml.t3.medium", RoleArn=f"arn:aws:iam::{account}:role/ml", DirectInternetAccess="Enabled")

client("sagemaker").create_notebook_instance(
    NotebookInstanceName="management-notebook", InstanceType="ml.t3.medium", RoleArn="arn:aws:iam::123456789012:role/ml", DirectInternetAccess="Enabled")
print(json.dumps({"organization": organization, "root": root, "unit": unit, **accounts}))
