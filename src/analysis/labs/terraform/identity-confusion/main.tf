# After the published description of CloudGoat agentcore_identity_confusion: roles made for an agent and for its code interpreter trust the same service.
variable "cgid" {}
variable "region" { default = "us-east-1" }
variable "kb_model_id" { default = "amazon.titan-embed-text-v2:0" }
provider "aws" { region = var.region }
data "aws_caller_identity" "me" {}
resource "aws_s3_bucket" "kb_docs" { bucket = "kb-docs-${var.cgid}" }
resource "aws_s3_bucket" "scratch" { bucket = "scratch-${var.cgid}" }
resource "aws_iam_role" "interpreter" {
  name = "agentcore_code_interpreter_${var.cgid}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "bedrock-agentcore.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "interpreter" {
  role   = aws_iam_role.interpreter.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:PutObject", "s3:GetObject"], Resource = [aws_s3_bucket.scratch.arn, "${aws_s3_bucket.scratch.arn}/*"] }] })
}
resource "aws_iam_role" "runtime" {
  name = "agentcore_agent_runtime_${var.cgid}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "bedrock-agentcore.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "runtime" {
  role   = aws_iam_role.runtime.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ["bedrock:InvokeModel"], "Resource" : "*" },
    { Effect = "Allow", Action = ["bedrock-agentcore:InvokeCodeInterpreter", "bedrock-agentcore:StartCodeInterpreterSession"], "Resource" : "*" },
    { Sid = "Kb", Effect = "Allow", Action = ["bedrock:Retrieve", "bedrock:RetrieveAndGenerate"], "Resource" : aws_bedrockagent_knowledge_base.kb.arn }
  ] })
}
resource "aws_iam_user" "start" { name = "sandy_${var.cgid}" }
resource "aws_iam_access_key" "start" { user = aws_iam_user.start.name }
resource "aws_iam_user_policy_attachment" "ro" {
  user       = aws_iam_user.start.name
  policy_arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
}
resource "aws_iam_policy" "p" {
  name = "agent_access_${var.cgid}"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ["bedrock:Get*", "bedrock:List*", "bedrock-agentcore:Get*", "bedrock-agentcore:List*"], Resource = "*" },
    { Effect = "Allow", Action = ["bedrock-agentcore:*CodeInterpreter*"], Resource = "*" },
    { Effect = "Allow", Action = ["iam:PassRole"], Resource = "arn:aws:iam::${data.aws_caller_identity.me.account_id}:role/agentcore_*" }
  ] })
}
resource "aws_iam_user_policy_attachment" "p" {
  user       = aws_iam_user.start.name
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_role" "kb" {
  name = "kb_role_${var.cgid}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "bedrock.amazonaws.com" },
    Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.me.account_id }, ArnLike = { "aws:SourceArn" = "arn:aws:bedrock:${var.region}:${data.aws_caller_identity.me.account_id}:knowledge-base/*" } } }] })
}
resource "aws_iam_role_policy" "kb" {
  role   = aws_iam_role.kb.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Action = ["s3:ListBucket", "s3:GetObject"], Effect = "Allow", Resource = [aws_s3_bucket.kb_docs.arn, "${aws_s3_bucket.kb_docs.arn}/*"] },
   { Action = "aoss:APIAccessAll", Effect = "Allow", Resource = aws_opensearchserverless_collection.kb.arn }] })
}
resource "aws_opensearchserverless_collection" "kb" {
  name = "kb-${var.cgid}"
  type = "VECTORSEARCH"
}
resource "aws_bedrockagent_knowledge_base" "kb" {
  name     = "kb-${var.cgid}"
  role_arn = aws_iam_role.kb.arn
  knowledge_base_configuration {
    type = "VECTOR"
    vector_knowledge_base_configuration { embedding_model_arn = "arn:aws:bedrock:${var.region}::foundation-model/${var.kb_model_id}" }
  }
  storage_configuration {
    type = "OPENSEARCH_SERVERLESS"
    opensearch_serverless_configuration {
      collection_arn    = aws_opensearchserverless_collection.kb.arn
      vector_index_name = "kb-index"
      field_mapping {
        vector_field   = "v"
        text_field     = "t"
        metadata_field = "m"
      }
    }
  }
}
resource "aws_bedrockagent_data_source" "ds" {
  knowledge_base_id = aws_bedrockagent_knowledge_base.kb.id
  name              = "ds-${var.cgid}"
  data_source_configuration {
    type = "S3"
    s3_configuration { bucket_arn = aws_s3_bucket.kb_docs.arn }
  }
}
