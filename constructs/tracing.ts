import type { Statement } from './policy';

/** What a function must be allowed to be traced by AWS X-Ray (https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html). */
export const traceFunction: Statement = {
  Sid: 'Trace',
  Effect: 'Allow',
  Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  // The actions do not support resources
  // (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html).
  Resource: '*',
};

/** What a state machine must be allowed besides that (https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html). */
export const traceWorkflow: Statement = {
  ...traceFunction,
  Action: [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
  ],
};
