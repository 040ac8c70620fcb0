import {
  type Deliver,
  type InvocationFault,
  drawInvocationFault,
  faultyInvocations,
} from '../../../local/engine/invocation-faults';

const fault = { function: 'collect-reports', after: 1, times: 1, requests: 7 } as const;

/** Invokes a function three times with the events 1, 2 and 3: what it got, and what the state got. */
async function invoked(kind: InvocationFault['kind']) {
  const delivered: unknown[] = [];
  const deliver: Deliver = (_name, event, leeway) => {
    delivered.push(Object.keys(leeway).length > 0 ? { event, ...leeway } : event);
    return Promise.resolve(event);
  };
  const invoke = faultyInvocations([{ ...fault, kind }], deliver);
  const answers: unknown[] = [];
  for (const event of [1, 2, 3]) {
    answers.push(await invoke('collect-reports', event).catch((error: unknown) => (error as Error).name));
  }
  return { delivered, answers };
}

describe('a fault of an invocation', () => {
  it.each([
    ['refused', [1, 3], [1, 'Lambda.TooManyRequestsException', 3]],
    ['crash', [1, { event: 2, requests: 7 }, 3], [1, 'Lambda.Unknown', 3]],
    ['out-of-time', [1, { event: 2, requests: 7 }, 3], [1, 'Sandbox.Timedout', 3]],
    ['answer-lost', [1, 2, 3], [1, 'Lambda.SdkClientException', 3]],
    ['twice', [1, 2, 2, 3], [1, 2, 3]],
    ['twice-at-once', [1, 2, 2, 3], [1, 2, 3]],
    ['again-later', [1, 2, 3, 2], [1, 2, 3]],
    ['short-of-time', [1, { event: 2, time: 7 }, 3], [1, 2, 3]],
  ] as const)('of the kind %s delivers %j, and the state gets %j', async (kind, delivered, answers) => {
    await expect(invoked(kind)).resolves.toEqual({ delivered, answers });
  });

  it('leaves other functions alone', async () => {
    const invoke = faultyInvocations([{ ...fault, after: 0, kind: 'refused' }], (_name, event) =>
      Promise.resolve(event),
    );
    await expect(invoke('summarize-run', 1)).resolves.toBe(1);
  });

  it('is the same for the same seed, and of every kind for some seed', () => {
    expect(drawInvocationFault(7)).toEqual(drawInvocationFault(7));
    const kinds = new Set(Array.from({ length: 500 }, (_, seed) => drawInvocationFault(seed).kind));
    expect(kinds.size).toBe(8);
  });
});
