import { LambdaFunction, type LambdaFunctionConfig } from '@cdktf/provider-aws/lib/lambda-function';
import { AssetType, TerraformAsset } from 'cdktf';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment';
import { canTraceFunctions } from '../tracing';
import { handlerBundle } from './handler-bundle';
import type { HandlerName } from './handler-names';

/** Options of {@link BundledFunction}. */
export interface BundledFunctionProps extends Pick<
  LambdaFunctionConfig,
  'functionName' | 'role' | 'reservedConcurrentExecutions' | 'loggingConfig' | 'kmsKeyArn' | 'dependsOn'
> {
  readonly deployment: Deployment;
  readonly handler: HandlerName;
  /**
   * Files beside the code, by name.
   * @default - none
   */
  readonly files?: Readonly<Record<string, Uint8Array>> | undefined;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Environment variables: what `writeSettings` returns for the settings of the handler. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The Lambda function that runs the bundle of a handler. */
export function bundledFunction(
  scope: Construct,
  { deployment, handler, files, timeoutSeconds, memoryMb, variables, ...config }: BundledFunctionProps,
): LambdaFunction {
  const bundle = handlerBundle(handler, files);
  const code = new TerraformAsset(scope, 'code', { path: bundle.path, type: AssetType.FILE });
  return new LambdaFunction(scope, 'function', {
    ...config,
    runtime: 'nodejs24.x',
    architectures: [deployment.architecture],
    handler: 'index.handler',
    filename: code.path,
    sourceCodeHash: bundle.hash,
    timeout: timeoutSeconds,
    memorySize: memoryMb,
    tracingConfig: { mode: canTraceFunctions(deployment) ? 'Active' : 'PassThrough' },
    environment: { variables },
  });
}
