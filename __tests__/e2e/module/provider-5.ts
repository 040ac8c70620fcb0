import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Changes what a provider of version 5 does not know: docs/tests.md has the list. */
export function forProvider5(module: string): void {
  edit(join(module, 'versions.tf'), (text) => text.replace(/\n *version += .*/, ''));
  edit(join(module, 'locals.tf'), (text) =>
    text.replace('data.aws_region.current.region', 'data.aws_region.current.name'),
  );
  edit(join(module, 'main.tf'), (text) =>
    text
      .replaceAll('nodejs24.x', 'nodejs22.x')
      .replaceAll(/\n *bucket_namespace += .*/g, '')
      .replaceAll(/\n *ignore_changes += \[bucket_namespace\]/g, '')
      .replaceAll(/\n *blocked_encryption_types += .*/g, '')
      .replaceAll(/\n *warm_up_configuration \{[^}]*\}/g, '')
      .replaceAll(/\n *region += local\.member_region/g, '')
      .replaceAll(/\bstack_set_instance_region\b/g, 'region                   '),
  );
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
