/**
 * What the collector calls as the report role: all that the role allows, and all that a session can do when the role of an
 * account allows more.
 */
export const REPORT_ROLE_ACTIONS = ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'] as const;

/** What it calls in addition in environments with `serviceCredentials`. */
export const SERVICE_CREDENTIALS_ACTION = 'iam:ListServiceSpecificCredentials';
