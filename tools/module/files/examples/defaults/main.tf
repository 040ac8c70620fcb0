# The whole organization, collected from its management account.

provider "aws" {
  region = "eu-central-1"
}

module "credential_reports" {
  source = "../.."

  name = "production"
}

output "report_bucket" {
  description = "Bucket of the reports"
  value       = module.credential_reports.report_bucket
}
