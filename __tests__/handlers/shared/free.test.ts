import { free } from '../../../handlers/shared/free';

it('leaves nothing of bytes that are freed', () => {
  const bytes = new Uint8Array(8);
  const part = bytes.subarray(2);
  free(part);
  expect([bytes.length, part.length]).toEqual([0, 0]);
});
