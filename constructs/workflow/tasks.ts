/** The tasks of the state machine, and what is retried when one fails. */
import { permanentErrors } from '../../handlers/shared/permanent-errors';

/** What a state needs to know about a function. */
export interface InvokedFunction {
  readonly arn: string;
  readonly timeoutSeconds: number;
}

/** Errors that would occur again on a retry. */
const neverRetried = { ErrorEquals: permanentErrors, MaxAttempts: 0 };

/** AWS Lambda throttled the invocation or did not respond; the function itself did not fail. */
const lambdaBusy = {
  ErrorEquals: [
    'Lambda.TooManyRequestsException',
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.ClientExecutionTimeoutException',
  ],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  MaxAttempts: 8,
  JitterStrategy: 'FULL',
};

/** Attempts at a step that fails: the first, and two retries. */
export const ATTEMPTS_PER_STEP = 3;

const retryTwice = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxAttempts: ATTEMPTS_PER_STEP - 1,
  JitterStrategy: 'FULL',
};

/** A task that invokes a function. */
export function invocation(partition: string, { arn, timeoutSeconds }: InvokedFunction, payload: object) {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: arn, Payload: payload },
    TimeoutSeconds: timeoutSeconds + 30,
    Retry: [neverRetried, lambdaBusy, retryTwice],
  };
}

/** A task that publishes a message. */
export function publication(partition: string, message: object) {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::sns:publish`,
    Parameters: message,
    TimeoutSeconds: 60,
    Retry: [{ ...retryTwice, MaxAttempts: 5 }],
  };
}
