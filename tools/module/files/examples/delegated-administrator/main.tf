# Everything in the account of a delegated administrator of CloudFormation StackSets, which keeps workloads out of the management
# account. The StackSet does not reach the management account, which gets its report role here.

variable "management_account_role_arn" {
  description = "ARN of a role in the management account that may make IAM roles."
  type        = string
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "management"
  region = "eu-central-1"

  assume_role {
    role_arn = var.management_account_role_arn
  }
}

data "aws_organizations_organization" "organization" {}

module "credential_reports" {
  source = "../.."

  name            = "production"
  organization_id = data.aws_organizations_organization.organization.id
  collect_from    = "delegated-administrator"
  alert_emails    = ["security@example.com"]
}

module "report_role" {
  source    = "../../modules/report-role"
  providers = { aws = aws.management }

  organization_id    = data.aws_organizations_organization.organization.id
  collector_role_arn = module.credential_reports.collector_role_arn
}
