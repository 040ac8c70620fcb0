/** What Terraform would evaluate, and what CDKTF replaces with such text. */
export const REFERENCE = /[$%]\{|#\{TfToken/;

export interface TextWithReference {
  /** Path of the field; empty for the file as a whole. */
  readonly field: string;
  readonly text: string;
}

/**
 * Every text and every name of a field that Terraform would evaluate: an environment has values, not code. Escaping is no
 * way out, because functions get some texts as they are and would show the escapes.
 */
export function referencesIn(content: unknown, path: readonly string[] = []): TextWithReference[] {
  if (typeof content === 'string')
    return REFERENCE.test(content) ? [{ field: path.join('.'), text: content }] : [];
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content).flatMap(([name, value]) => {
    const inner = [...path, name];
    return REFERENCE.test(name) ? [{ field: inner.join('.'), text: name }] : referencesIn(value, inner);
  });
}
