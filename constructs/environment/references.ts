import type { Problem } from './problems';

/** What Terraform would evaluate, and what CDKTF replaces with such text. */
export const REFERENCE = /[$%]\{|#\{TfToken/;

/**
 * Every text and every name of a field that Terraform would evaluate: an environment has values, not code. Escaping is no
 * way out, because functions get some texts as they are and would show the escapes.
 */
export function referencesIn(content: unknown, path: readonly string[] = []): Problem[] {
  const field = path.join('.');
  if (typeof content === 'string') return REFERENCE.test(content) ? [reference(field, content)] : [];
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content).flatMap(([name, value]) => {
    const inner = [...path, name];
    return REFERENCE.test(name) ? [reference(inner.join('.'), name)] : referencesIn(value, inner);
  });
}

const reference = (field: string, text: string): Problem => ({
  field,
  text: `${field || 'the file'} must not contain \${ or %{, which Terraform would evaluate; got ${JSON.stringify(text)}`,
});
