import type { Change, PlanJson, ResourceChange } from '../../../tools/plan-comment/plan';
import { LONGEST_COMMENT, failureComment, planComment } from '../../../tools/plan-comment/render';

const resource = (address: string, change: Change, more: Partial<ResourceChange> = {}): ResourceChange => ({
  address,
  type: address.split('.')[0]!,
  change,
  ...more,
});
const comment = (plan: PlanJson) => planComment({ environment: 'production', plan });
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
  it('counts what is done, shows what is lost first, and leaves out what stays', () => {
    expect(ofResources(created, same, updated, read, destroyed, replaced))
      .toBe(`<!-- terraform plan of production -->
## Plan of \`production\`: 1 to replace, 1 to destroy, 1 to change, 1 to create

> [!CAUTION]
> **2 resources that exist are destroyed.** Look at the first tables.

### Replaced: destroyed and made anew

| resource | attributes |
| --- | --- |
| \`aws_a.replaced\` | \`name\` (forces replacement) |

### Destroyed

| resource | note |
| --- | --- |
| \`aws_a.destroyed\` | delete because no resource config |

### Changed

| resource | attributes |
| --- | --- |
| \`aws_a.updated\` | \`days\` 90 → 30, \`name\` |

### Created

| resource |
| --- |
| \`aws_a.created\` |
`);
  });

  it('says that nothing changes, without a warning', () => {
    expect(ofResources(same, read)).toBe(
      '<!-- terraform plan of production -->\n## Plan of `production`: no change of a resource\n',
    );
  });

  it('never shows a text, nor anything that is sensitive', () => {
    const shown = ofResources(
      resource('aws_a.b', {
        actions: ['update'],
        before: { pin: 1111, nested: { pin: 2222 }, text: 'before' },
        after: { pin: 3333, nested: { pin: 4444 }, text: 'after' },
        before_sensitive: { pin: true },
        after_sensitive: { nested: { pin: true } },
      }),
      resource('aws_a.c', {
        actions: ['update'],
        before: { pin: 5555 },
        after: { pin: 6666 },
        after_sensitive: true,
      }),
    );
    expect(shown).toContain('| `aws_a.b` | `nested` (sensitive), `pin` (sensitive), `text` |');
    expect(shown).toContain('| `aws_a.c` | `pin` (sensitive) |');
    expect(shown).not.toMatch(/\d{4}|before|after/);
  });

  it('names what is known only when it is applied', () => {
    const change = { actions: ['update'], before: { arn: 'a' }, after: {}, after_unknown: { arn: true } };
    expect(ofResources(resource('aws_a.b', change))).toContain('| `aws_a.b` | `arn` |');
  });

  it('tells imports, moves and what is forgotten', () => {
    const shown = ofResources(
      resource('aws_a.imported', { actions: ['no-op'], importing: { id: 'x' } }),
      resource('aws_a.moved', { actions: ['no-op'] }, { previous_address: 'aws_a.old' }),
      resource('aws_a.forgotten', { actions: ['forget'] }),
      resource('aws_a.left', { actions: ['create', 'forget'], before: {}, after: {} }),
    );
    expect(shown).toContain('1 to replace, 1 to forget, 1 to import, 1 to move\n');
    expect(shown).toContain('| `aws_a.moved` | was aws_a.old |');
  });

  it('names outputs that change, and resources that were changed beside Terraform', () => {
    const shown = comment({
      output_changes: { bucket: { actions: ['update'] }, topic: { actions: ['no-op'] } },
      resource_drift: [updated, destroyed, created],
      relevant_attributes: [
        { resource: 'aws_a.updated', attribute: ['days'] },
        { resource: 'aws_a.created', attribute: ['name'] },
      ],
    });
    expect(shown).toContain('Outputs that change: `bucket`\n');
    expect(shown).toContain(
      'Changed beside Terraform since it was last applied: `aws_a.updated`, `aws_a.destroyed`\n',
    );
  });

  it('says that a plan is not complete', () => {
    expect(comment({ errored: true })).toBe(
      '<!-- terraform plan of production -->\n## Plan of `production`: not complete\n\n> [!CAUTION]\n> **Terraform stopped with an error: this plan is not complete.**\n',
    );
    expect(comment({ errored: true, resource_changes: [created] })).toContain(
      ': not complete, 1 to create\n',
    );
  });

  it('keeps its tables whole whatever a key says', () => {
    const shown = ofResources(resource('aws_a.b["x|`y`\n@z"]', { actions: ['create'] }));
    expect(shown).toContain('| `aws_a.b["x\\|\'y\' @z"]` |\n');
  });

  it('is cut at the length that GitHub takes, and says how much is missing', () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      resource(`aws_a.resource-number-${index}`, { actions: ['create'] }),
    );
    const shown = planComment({
      environment: 'production',
      plan: { resource_changes: [...many, destroyed] },
      footer: 'the footer',
    });
    expect(shown.length).toBeLessThanOrEqual(LONGEST_COMMENT);
    expect(shown.length).toBeGreaterThan(LONGEST_COMMENT - 2_000);
    const rows = shown.split('\n').filter((line) => line.startsWith('| `')).length;
    expect(shown).toContain(`**${3001 - rows} more resources are not shown**`);
    expect(shown).toContain('aws_a.destroyed');
    expect(shown).toMatch(/the footer\n$/);
  });

  it('is replaced by a failure when there is no plan', () => {
    expect(failureComment('production', 'why')).toBe(
      '<!-- terraform plan of production -->\n## Plan of `production`: failed\n\nNo plan could be made of this commit.\n\nwhy\n',
    );
  });
});
