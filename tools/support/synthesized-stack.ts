/** A stack as Terraform gets it, without writing files. */
import { App } from 'cdktf';
import { CredentialReportStack } from '../../constructs/credential-report-stack';
import { Environment } from '../../constructs/environment/environment';
import type { PolicyDocument } from '../../constructs/policy';
import { temporaryFolder } from './embedded';

type Resource = Record<string, unknown> & { type: string };

interface TerraformJson {
  resource: Record<
    string,
    Record<string, Record<string, unknown> & { '//': { metadata: { path: string } } }>
  >;
  data: Record<string, Record<string, object>>;
  output: Record<string, { value: unknown }>;
  provider: { aws: Record<string, unknown>[] };
  terraform: Record<string, unknown>;
}

/** Replaces the account ID that Terraform looks up. */
export const ACCOUNT = '111111111111';

export class SynthesizedStack {
  readonly json: TerraformJson;

  constructor(environment: object = {}, name = 'test') {
    const { folder, remove } = temporaryFolder();
    const stack = new CredentialReportStack(
      new App({ outdir: folder }),
      name,
      Environment.parse(environment),
    );
    stack.prepareStack();
    const json = JSON.stringify(stack.toTerraform());
    this.json = JSON.parse(
      json.replaceAll('${data.aws_caller_identity.caller.account_id}', ACCOUNT),
    ) as TerraformJson;
    remove();
  }

  /** Of each JSON that the stack was given; tests ask thousands of times. */
  private readonly byPath = new WeakMap<object, Map<string, Resource>>();

  /** Every resource, by the path of its construct within the collection. */
  get resources(): Map<string, Resource> {
    const { resource } = this.json;
    const known = this.byPath.get(resource) ?? resourcesOf(resource);
    this.byPath.set(resource, known);
    return known;
  }

  resource(path: string): Resource {
    const found = this.resources.get(path);
    if (!found)
      throw new Error(`The stack has no resource ${path}; it has ${[...this.resources.keys()].join(', ')}`);
    return found;
  }

  /** The ARN of a role, by the path of its construct. */
  roleArn(path: string, account = ACCOUNT): string {
    const { name, path: folder = '/' } = this.resource(path) as unknown as { name: string; path?: string };
    return `arn:aws:iam::${account}:role${folder}${name}`;
  }

  /** A policy that a resource contains as JSON. */
  policy(path: string, field = 'policy'): PolicyDocument {
    return JSON.parse(this.resource(path)[field] as string) as PolicyDocument;
  }
}

const resourcesOf = (resource: TerraformJson['resource']) =>
  new Map<string, Resource>(
    Object.entries(resource).flatMap(([type, resources]) =>
      Object.values(resources).map(({ '//': { metadata }, ...settings }) => [
        metadata.path.split('/').slice(2).join('/'),
        { type, ...settings },
      ]),
    ),
  );
