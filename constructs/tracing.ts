import type { Deployment } from './deployment';
import type { Statement } from './policy';

/**
 * AWS Lambda does not send traces in the China Regions
 * (https://docs.amazonaws.cn/en_us/aws/latest/userguide/lambda.html).
 */
export const canTraceFunctions = ({ partition }: Deployment): boolean => partition !== 'aws-cn';

/**
 * Lets a function send its traces to AWS X-Ray
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html).
 */
export const traceFunction: Statement = {
  Sid: 'Trace',
  Effect: 'Allow',
  Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
  // These actions do not support resource-level permissions
  // (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html).
  Resource: '*',
};

/**
 * Lets a state machine send its traces and read the sampling rules
 * (https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html).
 */
export const traceWorkflow: Statement = {
  ...traceFunction,
  Action: [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
  ],
};
