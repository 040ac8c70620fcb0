# Global customization of AWS Control Tower Account Factory for Terraform: docs/account-factories.md says how.
# AFT adds provider and backend.

locals {
  # Output collector_role_arn of the deployment
  collector_role_arn = "arn:aws:iam::111111111111:role/iam-credential-reports-production-collect-reports"
  # The deployment itself creates the role in the account that collects.
  collector_account_id = split(":", local.collector_role_arn)[4]
}

data "aws_caller_identity" "this" {}

module "report_role" {
  # npm run build:role-module writes it.
  source = "./report-role"
  count  = data.aws_caller_identity.this.account_id == local.collector_account_id ? 0 : 1

  collector_role_arn = local.collector_role_arn
  organization_id    = "o-exampleorg1"
  tags               = { team = "security" }

  # If the environment sets these options:
  # role_name                = "audit-reader"
  # role_path                = "/security/"
  # permissions_boundary_arn = "arn:aws:iam::${data.aws_caller_identity.this.account_id}:policy/security/boundary"
  # service_credentials      = true
}
