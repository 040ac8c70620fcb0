/** Whether a text exists that both patterns match: `*` stands for any characters and `?` for one. */
export function overlaps(one: string, other: string): boolean {
  /** Whether the rest of `one` from the position overlaps the rest of `other` from the index; the position after it first. */
  let after: boolean[] = [];
  for (let at = one.length; at >= 0; at--) {
    const here: boolean[] = [];
    for (let index = other.length; index >= 0; index--) {
      const [left, right] = [one[at], other[index]];
      const skipsLeft = left !== undefined && after[index] === true;
      const skipsRight = right !== undefined && here[index + 1] === true;
      if (left === '*' || right === '*') here[index] = skipsLeft || skipsRight;
      else if (left === undefined || right === undefined) here[index] = left === right;
      else here[index] = isSame(left, right) && after[index + 1] === true;
    }
    after = here;
  }
  return after[0] === true;
}

const isSame = (one: string, other: string) => one === other || one === '?' || other === '?';
