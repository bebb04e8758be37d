# After the published description of CloudGoat bedrock_agent_hijacking: who may replace the function behind an agent borrows its role.
variable "cgid" {}
variable "region" { default = "us-east-1" }
variable "model" { default = "amazon.nova-lite-v1:0" }
data "aws_caller_identity" "me" {}
resource "aws_iam_role" "agent" {
  name               = "agent_${var.cgid}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "bedrock.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "agent" {
  role   = aws_iam_role.agent.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["bedrock:InvokeModel"], Resource = "arn:aws:bedrock:${var.region}::foundation-model/${var.model}" }] })
}
resource "aws_bedrockagent_agent" "ops" {
  agent_name              = "ops_${var.cgid}"
  agent_resource_role_arn = aws_iam_role.agent.arn
  instruction             = "You answer questions about the account and use tools to list resources."
  foundation_model        = var.model
}
resource "aws_bedrockagent_agent_action_group" "tool" {
  agent_id          = aws_bedrockagent_agent.ops.id
  agent_version     = "DRAFT"
  action_group_name = "Inventory"
  action_group_executor { lambda = aws_lambda_function.inv.arn }
  function_schema {
    member_functions {
      functions {
        name        = "LIST_ROLES"
        description = "Lists roles"
      }
    }
  }
}
resource "aws_iam_user" "start" { name = "grace_${var.cgid}" }
resource "aws_iam_access_key" "start" { user = aws_iam_user.start.name }
resource "aws_iam_policy" "a" {
  name = "agent_access_${var.cgid}"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ["bedrock:Get*", "bedrock:List*"], Resource = "*" },
    { Effect = "Allow", Action = ["bedrock:InvokeAgent"], Resource = "arn:aws:bedrock:${var.region}:${data.aws_caller_identity.me.account_id}:agent-alias/${aws_bedrockagent_agent.ops.agent_id}/*" }] })
}
resource "aws_iam_user_policy_attachment" "a" {
  user       = aws_iam_user.start.name
  policy_arn = aws_iam_policy.a.arn
}
resource "aws_iam_policy" "d" {
  name = "deploy_${var.cgid}"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["lambda:GetFunction", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"], Resource = "*" }] })
}
resource "aws_iam_user_policy_attachment" "d" {
  user       = aws_iam_user.start.name
  policy_arn = aws_iam_policy.d.arn
}
resource "aws_iam_role" "inv" {
  name               = "lambda_execution_${var.cgid}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Action = "sts:AssumeRole", Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_iam_role_policy_attachment" "inv" {
  role       = aws_iam_role.inv.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
resource "aws_lambda_function" "inv" {
  filename      = "x.zip"
  function_name = "inventory_${var.cgid}"
  role          = aws_iam_role.inv.arn
  handler       = "main.handler"
  runtime       = "python3.12"
}
resource "aws_lambda_permission" "inv" {
  statement_id  = "AllowAgent"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.inv.function_name
  principal     = "bedrock.amazonaws.com"
  source_arn    = aws_bedrockagent_agent.ops.agent_arn
}
resource "aws_s3_bucket" "flag" { bucket = "cg-flag-${var.cgid}" }
