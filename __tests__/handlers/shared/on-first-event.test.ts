import { onFirstEvent } from '../../../handlers/shared/on-first-event';

describe('the entry of a function', () => {
  it('creates the handler on the first event, not before, and only once', async () => {
    const handle = jest.fn((event: string) => Promise.resolve(`handled ${event}`));
    const create = jest.fn(() => handle);
    const entry = onFirstEvent(create);
    expect(create).not.toHaveBeenCalled();

    await expect(entry('one')).resolves.toBe('handled one');
    await expect(entry('two')).resolves.toBe('handled two');
    expect(create).toHaveBeenCalledTimes(1);
    expect(handle.mock.calls).toEqual([['one'], ['two']]);
  });

  it('creates the handler once for concurrent events', async () => {
    const create = jest.fn(() => (event: number) => Promise.resolve(event));
    const entry = onFirstEvent(create);
    await expect(Promise.all([entry(1), entry(2)])).resolves.toEqual([1, 2]);
    expect(create).toHaveBeenCalledTimes(1);
  });

  it('passes every argument, such as the event and the context', async () => {
    const entry = onFirstEvent(
      () => (event: string, context: { left: number }) => Promise.resolve([event, context]),
    );
    await expect(entry('event', { left: 5 })).resolves.toEqual(['event', { left: 5 }]);
  });

  it('rejects every event while the handler cannot be created, and recovers when it can', async () => {
    let attempts = 0;
    const entry = onFirstEvent(() => {
      if (++attempts < 3) throw new Error(`attempt ${attempts}`);
      return () => Promise.resolve('handled');
    });
    await expect(entry()).rejects.toThrow('attempt 1');
    await expect(entry()).rejects.toThrow('attempt 2');
    await expect(entry()).resolves.toBe('handled');
  });

  it('keeps the handler when it fails on an event', async () => {
    const create = jest.fn(
      () => (event: string) =>
        event === 'bad' ? Promise.reject(new Error('refused')) : Promise.resolve(event),
    );
    const entry = onFirstEvent(create);
    await expect(entry('bad')).rejects.toThrow('refused');
    await expect(entry('good')).resolves.toBe('good');
    expect(create).toHaveBeenCalledTimes(1);
  });
});
