import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AwsReader } from '../../../tools/doctor/aws-reader';
import type { ExpectedStack } from '../../../tools/doctor/expected-stack';
import { readState } from '../../../tools/doctor/terraform-state';
import { temporaryFolder } from '../../../tools/support/embedded';

const { folder, remove } = temporaryFolder();
afterAll(remove);

/** The state that the doctor reads from a path below the folder. */
const stateAt = (name: string) =>
  readState(
    {} as unknown as AwsReader,
    { backend: { local: { path: join(folder, name) } } } as unknown as ExpectedStack,
  );

test('a state that does not exist yet has no resources', async () => {
  expect(await stateAt('absent')).toEqual({ place: join(folder, 'absent'), addresses: new Set() });
});

test.each(['', 'null', '{"resources":[{"mode":"managed"', '{"resources":{}}'])(
  'a damaged state is not judged: %s',
  async (text) => {
    writeFileSync(join(folder, 'damaged'), text);
    expect(await stateAt('damaged')).toMatchObject({ unreadable: 'it is not a state of Terraform' });
  },
);

test('a folder in the place of the state is not judged, and the other checks go on', async () => {
  mkdirSync(join(folder, 'folder'));
  expect(await stateAt('folder')).toMatchObject({
    unreadable: expect.stringContaining('cannot be read') as string,
  });
});
