import type { Manifest } from '../manifest';
import type { Samples } from '../samples';
export function page(_m: Manifest, _s: Samples, _run: string): string {
  return '';
}
