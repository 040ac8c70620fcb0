import { join } from 'node:path';
import type { RunSummary } from '../../handlers/shared/events';
import type { Caller } from '../support/emulator/aws-cli';
import type { Emulator } from '../support/emulator/emulator';
import { deployedFunctions } from './deployed-functions';
import type { EnvironmentFile } from './environments';
import { runToEnd, withoutExecutions } from './execution';
import { type ResourceChange, changedAttributes } from './plan';
import { adaptToProvider5, allowDestroy, synthesizeForEmulator } from './synthesis';
import { Terraform } from './terraform';

export interface DeploymentProps {
  /** Gets the stack and the logs of the functions. */
  folder: string;
  emulator: Emulator;
  caller: Caller;
}

/** An environment that Terraform deploys to the emulator, as often as it changes. */
export class Deployment {
  private stack = '';
  private terraform: Terraform | undefined;
  private hasRun = false;

  constructor(
    private readonly name: string,
    readonly props: DeploymentProps,
  ) {}

  /** Plans what an environment file says. */
  async plan(environment: EnvironmentFile): Promise<ResourceChange[]> {
    this.stack = synthesizeForEmulator(this.name, environment, this.props.folder);
    this.terraform = new Terraform(this.stack, this.props.caller);
    if ((await this.terraform.init()).startsWith('5.')) adaptToProvider5(this.stack);
    await this.terraform.validate();
    return this.terraform.plan();
  }

  /** Does what the last plan said. */
  async apply(): Promise<void> {
    const { emulator, caller, folder } = this.props;
    await this.made.apply();
    await emulator.lambda?.stop();
    emulator.lambda = await deployedFunctions(this.stack, caller, join(folder, 'logs'));
  }

  /** Attributes that a plan of the same environment would change. */
  async changes(): Promise<string[]> {
    return changedAttributes(await this.made.plan());
  }

  async run(execution: string): Promise<RunSummary> {
    const stateMachine = await this.output('state_machine_arn');
    if (this.hasRun) await withoutExecutions(stateMachine, this.props.caller);
    this.hasRun = true;
    return runToEnd(stateMachine, execution, this.props.caller);
  }

  output(name: string): Promise<string> {
    return this.made.output(name);
  }

  resources(): Promise<string[]> {
    return this.made.resources();
  }

  destroy(): Promise<void> {
    allowDestroy(this.stack);
    return this.made.destroy();
  }

  private get made(): Terraform {
    if (!this.terraform) throw new Error(`${this.name} has no plan yet`);
    return this.terraform;
  }
}
