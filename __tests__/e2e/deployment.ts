import { join } from 'node:path';
import type { RunSummary } from '../../handlers/shared/events';
import type { Caller } from '../support/emulator/aws-cli';
import type { Emulator } from '../support/emulator/emulator';
import { deployedFunctions } from './deployed-functions';
import type { EnvironmentFile } from './environments';
import { runToEnd, withoutExecutions } from './execution';
import { type ResourceChange, changedAttributes } from './plan';
import { adaptToProvider, plannedBucket, synthesizeForEmulator } from './synthesis';
import { type PlannedAction, Terraform } from './terraform';

export interface DeploymentProps {
  /** Gets the stack and the logs of the functions. */
  folder: string;
  emulator: Emulator;
  /** Runs the functions and the state machine. */
  caller: Caller;
  /**
   * Runs Terraform.
   * @default - the caller
   */
  deployer?: Caller;
}

/** An environment that Terraform deploys to the emulator, as often as it changes. */
export class Deployment {
  private stack = '';
  private terraform: Terraform | undefined;
  /** Version of the AWS provider, once there is a plan. */
  provider = '';
  private hasRun = false;

  constructor(
    private readonly name: string,
    readonly props: DeploymentProps,
  ) {}

  /** Plans what an environment file says. */
  async plan(environment: EnvironmentFile): Promise<ResourceChange[]> {
    return (await this.prepared(environment)).plan();
  }

  /** Plans it without a look at the attributes. */
  async planActions(environment: EnvironmentFile, ...options: string[]): Promise<PlannedAction[]> {
    return (await this.prepared(environment)).planActions(...options);
  }

  /** Plans and applies it in one go, for less time. */
  async applyActions(environment: EnvironmentFile): Promise<PlannedAction[]> {
    const actions = await (await this.prepared(environment)).applyActions();
    await this.startFunctions();
    return actions;
  }

  /** Makes an environment file known to Terraform, without a plan. */
  async prepare(environment: EnvironmentFile): Promise<void> {
    await this.prepared(environment);
  }

  private async prepared(environment: EnvironmentFile): Promise<Terraform> {
    this.stack = synthesizeForEmulator(this.name, environment, this.props.folder);
    this.terraform ??= new Terraform(this.stack, this.props.deployer ?? this.props.caller);
    this.provider ||= await this.terraform.init();
    adaptToProvider(this.stack, this.provider);
    return this.terraform;
  }

  /** Gives the bucket that Terraform would create to its state: a bucket of its name exists already. */
  async adoptBucket(): Promise<void> {
    const { address, name } = plannedBucket(this.stack);
    await this.made.import(address, name.replace(/\$\{.*\}/, this.props.emulator.account));
  }

  /** Does what the last plan said. */
  async apply(): Promise<void> {
    await this.made.apply();
    await this.startFunctions();
  }

  private async startFunctions(): Promise<void> {
    const { emulator, caller, folder } = this.props;
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
    return this.made.destroy();
  }

  private get made(): Terraform {
    if (!this.terraform) throw new Error(`${this.name} has no plan yet`);
    return this.terraform;
  }
}
