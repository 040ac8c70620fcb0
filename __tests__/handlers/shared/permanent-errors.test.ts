import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { permanentErrors } from '../../../handlers/shared/permanent-errors';
import { projectRoot } from '../../../tools/support/project-root';

const handlers = join(projectRoot, 'handlers');
const sources = readdirSync(handlers, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(handlers, file), 'utf8'));

/** The error classes of the handlers, with their comment and the name that Step Functions sees. */
const errorClasses = sources.flatMap((source) =>
  [
    ...source.matchAll(
      /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export )?class (\w+) extends Error \{\s*override readonly name = '(\w+)'/g,
    ),
  ].map(([, comment = '', className = '', name = '']) => ({ comment, className, name })),
);

describe('the permanent errors', () => {
  it('are exactly the errors whose class says "Never retried"', () => {
    const neverRetried = errorClasses.filter(({ comment }) => comment.includes('Never retried'));
    expect(neverRetried.map(({ name }) => name).sort()).toEqual([...permanentErrors].sort());
  });

  it('are matched by name, so every error class of the handlers has its own name and a comment', () => {
    const declared = sources.flatMap((source) => [...source.matchAll(/class (\w+) extends Error\b/g)]);
    expect(errorClasses).toHaveLength(declared.length);
    for (const { className, name } of errorClasses) expect(name).toBe(className);
  });
});
