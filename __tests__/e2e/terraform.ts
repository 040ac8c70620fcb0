import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { type Caller, awsVariables } from '../support/emulator/aws-cli';
import type { ResourceChange } from './plan';
import { terraformPlugins } from './terraform-plugins';

/** What a plan does to a resource. */
export interface PlannedAction {
  /** `create`, `update`, `replace`, `delete`, or `forget`. */
  action: string;
  /** Type of the resource. */
  type: string;
}

/** How Terraform runs on the machine of a test. */
export const terraformSettings = {
  TF_CLI_CONFIG_FILE: devNull,
  CHECKPOINT_DISABLE: '1',
  // Most of the time of a command goes into the schema of the provider; with less garbage collection it takes a quarter less.
  GOGC: '800',
};

/** Terraform in a folder that holds a root module, with the AWS provider against the emulator. */
export class Terraform {
  constructor(
    private readonly folder: string,
    private readonly caller: Caller,
  ) {}

  /** @returns the version of the AWS provider */
  async init(): Promise<string> {
    await this.run('init', `-plugin-dir=${terraformPlugins()}`);
    const { provider_selections } = JSON.parse(await this.run('version', '-json')) as {
      provider_selections: Record<string, string>;
    };
    return Object.entries(provider_selections).find(([name]) => name.endsWith('/aws'))?.[1] ?? '';
  }

  async validate(): Promise<void> {
    await this.run('validate', '-no-color');
  }

  /** @returns what the tests of the module printed */
  async test(): Promise<string> {
    return this.run('test', '-no-color');
  }

  /** @returns what the plan would do */
  async plan(...options: string[]): Promise<ResourceChange[]> {
    // To show a plan takes half as long again as to make it.
    if (/^No changes\. /m.test(await this.run('plan', '-out=plan', ...options))) return [];
    const plan = JSON.parse(await this.showPlan()) as { resource_changes?: ResourceChange[] };
    return (plan.resource_changes ?? []).filter(({ change }) =>
      change.actions.some((action) => action !== 'no-op' && action !== 'read'),
    );
  }

  /** Like {@link plan}, for less time: what happens to each resource, without the attributes. */
  async planActions(...options: string[]): Promise<PlannedAction[]> {
    return plannedActions(await this.run('plan', '-json', '-out=plan', ...options));
  }

  /** Plans and applies in one go. */
  async applyActions(): Promise<PlannedAction[]> {
    return plannedActions(await this.run('apply', '-json', '-auto-approve'));
  }

  /** @returns the plan as `terraform show -json` tells it */
  async planJson(...options: string[]): Promise<string> {
    await this.run('plan', '-out=plan', ...options);
    return this.showPlan();
  }

  private showPlan(): Promise<string> {
    return this.run('show', '-json', 'plan');
  }

  /** Does what the last plan said. */
  async apply(): Promise<void> {
    await this.run('apply', 'plan');
  }

  /** Takes the mark of a resource away with which it would be replaced. */
  async untaint(address: string): Promise<void> {
    await this.run('untaint', '-no-color', address);
  }

  async destroy(): Promise<void> {
    await this.run('destroy', '-auto-approve');
  }

  async import(address: string, id: string): Promise<void> {
    await this.run('import', address, id);
  }

  async output(name: string): Promise<string> {
    return JSON.parse(await this.run('output', '-json', name)) as string;
  }

  /** @returns addresses of the resources that Terraform holds */
  async resources(): Promise<string[]> {
    return (await this.run('state', 'list')).split('\n').filter((address) => address !== '');
  }

  private async run(command: string, ...options: string[]): Promise<string> {
    const asks = ['init', 'plan', 'apply', 'destroy', 'import'].includes(command);
    const unattended = asks ? ['-input=false', '-no-color'] : [];
    try {
      const { stdout } = await promisify(execFile)('terraform', [command, ...unattended, ...options], {
        cwd: this.folder,
        env: { ...awsVariables(this.caller), ...terraformSettings },
        maxBuffer: 64 * 2 ** 20,
      });
      return stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`terraform ${command} failed:\n${stdout.slice(-2000)}\n${stderr}`, { cause: error });
    }
  }
}

/** What the messages of a command say about its plan. */
function plannedActions(messages: string): PlannedAction[] {
  return messages
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as {
          type: string;
          change?: { action: string; resource: { resource_type: string } };
        },
    )
    .flatMap(({ type, change }) => (type === 'planned_change' && change ? [change] : []))
    .map(({ action, resource }) => ({
      // Messages call it so.
      action: action === 'remove' ? 'forget' : action,
      type: resource.resource_type,
    }));
}
