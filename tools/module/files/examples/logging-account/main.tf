# The bucket and its key in an account for logs, everything else in the management account.

variable "logging_account_role_arn" {
  description = "ARN of a role in the account for logs that may make the bucket and its key."
  type        = string
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "logs"
  region = "eu-central-1"

  assume_role {
    role_arn = var.logging_account_role_arn
  }
}

module "credential_reports" {
  source = "../../modules/logging-account"

  providers = {
    aws                 = aws
    aws.logging_account = aws.logs
  }

  name         = "production"
  encryption   = { kind = "new-key" }
  alert_emails = ["security@example.com"]
}
