import type { PlanJson, ResourceChange } from '../../../tools/plan-comment/plan-json';
import { LONGEST_COMMENT, failureComment, planComment } from '../../../tools/plan-comment/render';

const resource = (
  address: string,
  change: ResourceChange['change'],
  more: Partial<ResourceChange> = {},
): ResourceChange => ({ address, change, ...more });
const comment = (plan: Partial<PlanJson>, footer?: string) =>
  planComment({ environment: 'production', plan: { format_version: '1.2', ...plan }, footer });
const ofResources = (...resource_changes: ResourceChange[]) => comment({ resource_changes });

const updated = resource('aws_a.updated', {
  actions: ['update'],
  before: { days: 90, name: 'x', same: 1 },
  after: { days: 30, name: 'y', same: 1 },
});
const created = resource('aws_a.created', { actions: ['create'], before: null, after: { days: 1 } });
const destroyed = resource(
  'aws_a.destroyed',
  { actions: ['delete'], before: { days: 1 }, after: null },
  { action_reason: 'delete_because_no_resource_config' },
);
const replaced = resource('aws_a.replaced', {
  actions: ['delete', 'create'],
  before: { id: 'a', name: 'x', arn: 'b', computed: 'c' },
  after: { name: 'y', computed: null },
  after_unknown: { id: true, arn: true },
  replace_paths: [['name']],
});
const same = resource('aws_a.same', { actions: ['no-op'], before: { a: 1 }, after: { a: 1 } });
const read = resource('data.aws_b.read', { actions: ['read'], before: null, after: {} });

describe('the comment of a plan', () => {
  it('has totals, a warning and first tables for what is destroyed, and leaves out what does not change', () => {
    expect(ofResources(created, same, updated, read, destroyed, replaced))
      .toBe(`<!-- terraform plan of production -->
## Plan of \`production\`: 1 to replace, 1 to destroy, 1 to change, 1 to create

> [!CAUTION]
> **Existing resources are destroyed: 2. See the first tables.**

### Replaced (destroyed and created again)

| resource | details |
| --- | --- |
| \`aws_a.replaced\` | forced by \`name\` |

### Destroyed

| resource | details |
| --- | --- |
| \`aws_a.destroyed\` | delete because no resource config |

### Changed

| resource | details |
| --- | --- |
| \`aws_a.updated\` | \`days\`, \`name\` |

### Created

| resource |
| --- |
| \`aws_a.created\` |
`);
  });

  it('says that nothing changes, without a warning', () => {
    expect(ofResources(same, read)).toBe(
      '<!-- terraform plan of production -->\n## Plan of `production`: no changes to resources\n',
    );
  });

  it('never shows the value of an attribute', () => {
    const values = (n: number) => ({
      pin: 1111 * n,
      on: n === 2,
      nested: { pin: 3333 * n },
      text: `text-${n}`,
    });
    const change = { before: values(1), after: values(2), before_sensitive: { pin: true } };
    const shown = ofResources(
      resource('aws_a.b', { actions: ['update'], ...change }),
      resource('aws_a.c', {
        actions: ['delete', 'create'],
        ...change,
        replace_paths: [['text'], ['nested', 'pin']],
      }),
      resource('aws_a.d', { actions: ['create'], ...change }),
      resource('aws_a.e', { actions: ['delete'], ...change }),
    );
    expect(shown).toContain('| `aws_a.b` | `nested`, `on`, `pin`, `text` |');
    expect(shown).toContain('| `aws_a.c` | forced by `nested`, `text` |');
    expect(shown).not.toMatch(/\d{4}|text-|true|false/);
  });

  it('names attributes whose values are known only after the plan is applied', () => {
    const change = {
      actions: ['update'],
      before: { arn: 'a', block: [{}], same: 1 },
      after: { block: [{}], same: 1 },
      after_unknown: { arn: true, block: [{ id: true }], same: false },
    };
    expect(ofResources(resource('aws_a.b', change))).toContain('| `aws_a.b` | `arn`, `block` |');
  });

  it('says why Terraform replaces a resource if no attribute forces it', () => {
    const tainted = resource(
      'aws_a.b',
      { actions: ['create', 'delete'] },
      { action_reason: 'replace_because_tainted' },
    );
    expect(ofResources(tainted)).toContain('| `aws_a.b` | replace because tainted |');
  });

  it('shows what is imported, moved, or removed from the state', () => {
    const shown = ofResources(
      resource('aws_a.imported', { actions: ['no-op'], importing: { id: 'x' } }),
      resource('aws_a.moved', { actions: ['no-op'] }, { previous_address: 'aws_a.old' }),
      resource('aws_a.forgotten', { actions: ['forget'] }),
      resource('aws_a.left', { actions: ['create', 'forget'], before: {}, after: {} }),
    );
    expect(shown).toContain('1 to replace, 1 to remove from the state, 1 to import, 1 to move\n');
    expect(shown).toContain('| `aws_a.moved` | was `aws_a.old` |');
  });

  it('names outputs that change', () => {
    const output_changes = { bucket: { actions: ['update'] }, topic: { actions: ['no-op'] } };
    expect(comment({ output_changes })).toContain('Outputs that change: `bucket`\n');
  });

  it('says that a plan is incomplete', () => {
    expect(comment({ errored: true })).toBe(
      '<!-- terraform plan of production -->\n## Plan of `production`: incomplete\n\n> [!CAUTION]\n> **Terraform stopped with an error: this plan is incomplete.**\n',
    );
    expect(comment({ errored: true, resource_changes: [created] })).toContain(': incomplete, 1 to create\n');
  });

  it('says that a plan made with -target is incomplete, even if nothing in it changes', () => {
    const warning =
      '> [!CAUTION]\n> **This plan is incomplete, as with `-target`: other resources may change too.**\n';
    expect(comment({ complete: false })).toBe(
      `<!-- terraform plan of production -->\n## Plan of \`production\`: incomplete\n\n${warning}`,
    );
    const shown = comment({ complete: false, resource_changes: [created] });
    expect(shown).toContain(`: incomplete, 1 to create\n\n${warning}`);
    expect(comment({ complete: true, resource_changes: [created] })).toContain(': 1 to create\n');
  });

  it('names the resources that Terraform leaves to a later plan, and why', () => {
    const deferred = (reason?: string) => ({
      reason,
      resource_change: resource('aws_a.later', { actions: [] }),
    });
    const plan = {
      complete: false,
      resource_changes: [created],
      deferred_changes: [deferred('instance_count_unknown'), deferred()],
    };
    expect(comment(plan)).toBe(`<!-- terraform plan of production -->
## Plan of \`production\`: incomplete, 1 to create, 2 left to a later plan

> [!CAUTION]
> **This plan is incomplete: resources left to a later plan: 2. See the last table.**

### Created

| resource |
| --- |
| \`aws_a.created\` |

### Left to a later plan

| resource | details |
| --- | --- |
| \`aws_a.later\` | instance count unknown |
| \`aws_a.later\` |  |
`);
  });

  it('keeps its tables intact whatever an address or a reason contains', () => {
    const address = resource('aws_a.b["x|`y`\n@z"]', { actions: ['create'] });
    expect(ofResources(address)).toContain('| `aws_a.b["x\\|\'y\' @z"]` |\n');
    const reason = resource('aws_a.b', { actions: ['delete'] }, { action_reason: 'a|<b>\n@c' });
    expect(ofResources(reason)).toContain('| `aws_a.b` | a b c |\n');
    const deferred_changes = [{ reason: 'a|<b>\n@c', resource_change: address }];
    expect(comment({ deferred_changes })).toContain('| `aws_a.b["x\\|\'y\' @z"]` | a b c |\n');
  });

  it('has no character that changes what a reader sees, such as one that reverses text', () => {
    expect(ofResources(resource('aws_a.b["\u202Ex\u001B[31m"]', { actions: ['create'] }))).toContain(
      '| `aws_a.b["?x?[31m"]` |',
    );
  });

  it('is truncated at the length that GitHub accepts, and says how many resources are missing', () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      resource(`aws_a.resource-number-${index}`, { actions: ['create'] }),
    );
    const shown = comment({ resource_changes: [...many, destroyed] }, 'the footer');
    expect(shown.length).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(shown.length).toBeGreaterThan(LONGEST_COMMENT - 2_000);
    const rows = shown.split('\n').filter((line) => line.startsWith('| `')).length;
    expect(shown).toContain(`**${3001 - rows} more resources do not fit in a comment**`);
    expect(shown).toContain('aws_a.destroyed');
    expect(shown).toMatch(/the footer\n$/);
  });

  it('is replaced by a failure if there is no plan', () => {
    expect(failureComment('production', 'why')).toBe(
      '<!-- terraform plan of production -->\n## Plan of `production`: failed\n\nTerraform could not plan this commit.\n\nwhy\n',
    );
  });
});
