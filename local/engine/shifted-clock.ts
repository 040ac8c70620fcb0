/**
 * Makes the clock of this thread go ahead or behind, for whatever reads it later.
 * @param ms - how far; negative if it is behind
 */
export function shiftClock(ms: number): void {
  const now = () => RealDate.now() + ms;
  globalThis.Date = new Proxy(RealDate, {
    construct: (date, values, created) =>
      Reflect.construct(date, values.length === 0 ? [now()] : values, created) as object,
    get: (date, name, receiver) => (name === 'now' ? now : (Reflect.get(date, name, receiver) as unknown)),
  });
}

const RealDate = Date;
