# terraform test: no account of AWS is needed.

mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = {
      partition  = "aws"
      dns_suffix = "amazonaws.com"
    }
  }

  mock_data "aws_region" {
    defaults = {
      region = "eu-central-1"
    }
  }

  mock_data "aws_caller_identity" {
    defaults = {
      account_id = "111111111111"
    }
  }

  mock_data "aws_organizations_organization" {
    defaults = {
      id = "o-exampleorg1"
      roots = [{
        id           = "r-ab12"
        arn          = "arn:aws:organizations::111111111111:root/o-exampleorg1/r-ab12"
        name         = "Root"
        policy_types = []
      }]
    }
  }
}

variables {
  name = "production"
}

run "needs_no_more_than_a_name" {
  command = plan

  assert {
    condition     = output.report_bucket == "iam-cr-production-111111111111-eu-central-1-an"
    error_message = "The bucket is called ${output.report_bucket}."
  }

  assert {
    condition     = output.state_machine_arn == "arn:aws:states:eu-central-1:111111111111:stateMachine:iam-credential-reports-production"
    error_message = "The state machine is ${output.state_machine_arn}."
  }
}

run "takes_everything_that_can_be_switched_on" {
  command = plan

  variables {
    athena              = true
    chat                = true
    signing             = true
    service_credentials = true
    exports             = { events = "own", ocsf = true }
    encryption          = { kind = "new-key" }
    object_lock         = { mode = "governance", days = 365 }
    retention_days      = 400
    bucket              = { name = "example-reports" }
  }

  assert {
    condition     = output.report_bucket == "example-reports"
    error_message = "The bucket is called ${output.report_bucket}."
  }
}

run "refuses_values_that_environments_refuse" {
  command = plan

  variables {
    name     = "UPPER"
    digest   = "never"
    schedule = { hour = 24 }
  }

  expect_failures = [var.name, var.digest, var.schedule]
}
