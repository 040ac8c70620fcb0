/**
 * Takes the place of `@aws-sdk/credential-provider-node` in the bundles. AWS Lambda gives a function its
 * credentials in environment variables and nowhere else; profiles, single sign-on, processes and instance
 * metadata need not be in the zip. The variables are read at every call, so that changed ones count at once.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
