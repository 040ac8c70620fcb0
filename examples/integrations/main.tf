# Sends events of IAM credential reports to an HTTPS endpoint: docs/integrations.md says how.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "recipe" {
  description = "Name of a file beside this one, without .json: jira or pagerduty"
  type        = string

  validation {
    condition     = contains(["jira", "pagerduty"], var.recipe)
    error_message = "recipe must be jira or pagerduty; custodian.json is a policy of Cloud Custodian."
  }
}

variable "event_bus_arn" {
  description = "Output event_bus_arn of the deployment"
  type        = string
}

variable "connection_arn" {
  description = "Connection of EventBridge that knows the credentials of the endpoint: no secret is in this state"
  type        = string
}

variable "endpoint" {
  description = "URL that takes the events, such as https://events.pagerduty.com/v2/enqueue"
  type        = string
}

variable "values" {
  description = "What stands for the words in braces of the recipe, such as { project = \"SEC\" }"
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for value in values(var.values) : can(regex("^[^\"\\\\]+$", value))])
    error_message = "values must be texts without quotation marks and backslashes."
  }
}

locals {
  name   = "iam-credential-reports-${var.recipe}"
  values = merge({ project = "" }, var.values)
  recipe = jsondecode(templatefile("${path.module}/${var.recipe}.json", { values = local.values }))
}

resource "aws_cloudwatch_event_rule" "rule" {
  name           = local.name
  event_bus_name = var.event_bus_arn
  event_pattern  = jsonencode(local.recipe.pattern)

  lifecycle {
    precondition {
      condition     = var.recipe != "jira" || local.values.project != ""
      error_message = "The recipe jira needs the key of a project: -var 'values={\"project\":\"SEC\"}'"
    }
  }
}

resource "aws_cloudwatch_event_api_destination" "endpoint" {
  name                             = local.name
  connection_arn                   = var.connection_arn
  invocation_endpoint              = var.endpoint
  http_method                      = "POST"
  invocation_rate_limit_per_second = 5
}

resource "aws_cloudwatch_event_target" "target" {
  rule           = aws_cloudwatch_event_rule.rule.name
  event_bus_name = var.event_bus_arn
  target_id      = "endpoint"
  arn            = aws_cloudwatch_event_api_destination.endpoint.arn
  role_arn       = aws_iam_role.sender.arn

  input_transformer {
    input_paths    = local.recipe.paths
    input_template = local.recipe.template
  }

  # What the endpoint did not take after a day of retries is kept here.
  dead_letter_config {
    arn = aws_sqs_queue.refused.arn
  }
}

resource "aws_sqs_queue" "refused" {
  name                      = "${local.name}-refused"
  message_retention_seconds = 14 * 86400
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "refused" {
  queue_url = aws_sqs_queue.refused.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.refused.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.rule.arn } }
    }]
  })
}

resource "aws_iam_role" "sender" {
  name = local.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "sender" {
  name = "send"
  role = aws_iam_role.sender.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "events:InvokeApiDestination"
      Resource = aws_cloudwatch_event_api_destination.endpoint.arn
    }]
  })
}
