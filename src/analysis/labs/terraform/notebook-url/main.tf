# After pathfinding.cloud sagemaker-004: a presigned URL opens the notebook of an administrator.
data "aws_caller_identity" "current" {}
resource "random_string" "s" { length = 6 }
resource "aws_iam_user" "start" {
  name = "pl-sm4-start"
}
data "aws_iam_policy_document" "p" {
  statement {
    actions   = ["sagemaker:CreatePresignedNotebookInstanceUrl", "sagemaker:ListNotebookInstances"]
    resources = [aws_sagemaker_notebook_instance.nb.arn]
  }
}
resource "aws_iam_user_policy" "p" {
  user   = aws_iam_user.start.name
  policy = data.aws_iam_policy_document.p.json
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "nb" {
  name                = "pl-sm4-nb"
  assume_role_policy  = data.aws_iam_policy_document.trust.json
  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]
}
resource "aws_sagemaker_notebook_instance" "nb" {
  name          = "pl-sm4-${random_string.s.result}"
  role_arn      = aws_iam_role.nb.arn
  instance_type = "ml.t3.medium"
}
resource "aws_s3_bucket" "flag" { bucket = "pl-flag-${data.aws_caller_identity.current.account_id}-${random_string.s.result}" }
