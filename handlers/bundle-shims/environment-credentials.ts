/**
 * Replaces `@aws-sdk/credential-provider-node` in the bundles. AWS Lambda passes credentials to a function only in
 * environment variables, so profiles, single sign-on, processes and instance metadata need not be in the zip. The
 * variables are read for every call, so that new values are used at once.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
