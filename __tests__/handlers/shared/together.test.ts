import { setTimeout as pause } from 'node:timers/promises';
import { together } from '../../../handlers/shared/together';

describe('work that is done together', () => {
  it('has its results in the order of the work, whichever ends first', async () => {
    await expect(together([pause(5, 'first'), pause(0, 'second')])).resolves.toEqual(['first', 'second']);
  });

  it('fails with the first error in that order, and only when nothing goes on', async () => {
    const ended: string[] = [];
    const work = async (name: string, ms: number, error?: Error) => {
      await pause(ms);
      ended.push(name);
      if (error) throw error;
    };
    const all = [work('slow', 10), work('late', 5, new Error('late')), work('soon', 0, new Error('soon'))];
    await expect(together(all)).rejects.toThrow('late');
    expect(ended).toEqual(['soon', 'late', 'slow']);
  });
});
