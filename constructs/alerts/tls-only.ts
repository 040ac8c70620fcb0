import type { Statement } from '../policy';

/** Refuses messages that do not arrive over TLS. */
export const tlsOnly = (topicArn: string): Statement => ({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sns:Publish',
  Resource: topicArn,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
