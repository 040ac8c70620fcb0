/** Aligns the values of neighboring attributes, as `terraform fmt` does. */
export function formatted(text: string): string {
  const lines = text.split('\n');
  const result: string[] = [];
  let group: string[] = [];
  const flush = () => {
    const width = Math.max(...group.map((line) => nameOf(line).length));
    result.push(
      ...group.map((line) => `${nameOf(line).padEnd(width)} = ${line.slice(line.indexOf(' = ') + 3)}`),
    );
    group = [];
  };
  for (const line of lines) {
    const isOneLine = ATTRIBUTE.test(line) && !/[[({]$/.test(line);
    const isNeighbor = group.length === 0 || indentOf(group[0] ?? '') === indentOf(line);
    if (isOneLine && isNeighbor) group.push(line);
    else {
      if (group.length > 0) flush();
      if (isOneLine) group.push(line);
      else result.push(line);
    }
  }
  if (group.length > 0) flush();
  return result.join('\n');
}

const ATTRIBUTE = /^ *("[^"]*"|\([^=]*\)|[\w-]+) += /;
const nameOf = (line: string) => line.slice(0, line.indexOf(' = ')).trimEnd();
const indentOf = (line: string) => line.length - line.trimStart().length;
