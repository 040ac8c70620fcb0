import fc from 'fast-check';
import { checks } from '../../../../handlers/checks';
import { chatMessage, notification, quoted } from '../../../../handlers/summarize-run/output/chat-message';
import { findings, manifest, places } from '../../../support/digests';
import { linksIn } from '../../../support/links';
import { DATE, accountId } from '../../../support/stored-run';

const SUBJECT = 'IAM credential reports production: 4 new findings';
const messageOf = (...[run, found = 0]: [ReturnType<typeof manifest>, number?]) =>
  chatMessage(run, SUBJECT, findings(found), places);

describe('the message for a chat', () => {
  it('has verdict, counts, new findings, and where to read more', () => {
    expect(messageOf(manifest(3, 2), 2)).toEqual({
      content: {
        title: SUBJECT,
        description: [
          'THE RUN IS NOT COMPLETE. Findings exclude failed accounts.',
          '',
          '- Accounts: 49997 collected, 3 failed, 0 skipped',
          '- Findings: 8 (8 critical, 0 high, 0 medium, 0 low)',
          '- Since 2026-11-21: 2 new, 0 resolved',
          '',
          'New findings, the worst first:',
          '',
          `- high: \`${accountId(0)} one\`: \`user-0\`: console-mfa`,
          `- high: \`${accountId(1)} one\`: \`user-1\`: console-mfa`,
        ].join('\n'),
        nextSteps: [
          'Open the page of the day: https://console.example.com/index.html',
          'See what changed: https://console.example.com/changes.csv',
        ],
        keywords: ['production'],
      },
      metadata: {
        threadId: `production-${DATE}`,
        summary: SUBJECT,
        eventType: 'CredentialReportRun',
        relatedResources: ['s3://b/index.html'],
        additionalContext: {
          environment: 'production',
          date: DATE,
          execution: 'run-1',
          complete: 'false',
          failed: '3',
          findings: '8',
        },
      },
    });
  });

  it('names ten new findings, and how many more there are', () => {
    const { description } = messageOf(manifest(0, 812), 500).content;
    expect(description.match(/console-mfa$/gm)).toHaveLength(10);
    expect(description).toMatch(/\n- and 802 more$/);
    expect(messageOf(manifest(0, 10), 10).content.description).not.toContain('more');
  });

  it('has no list without new findings, and no changes without an earlier day', () => {
    const { description, nextSteps } = messageOf(manifest(0, null)).content;
    expect(description.split('\n').slice(-1)).toEqual(['- There is no earlier day to compare with.']);
    expect(nextSteps).toHaveLength(1);
  });

  it('names the place in the bucket where the console is not known', () => {
    const unknown = { url: 's3://b/index.html', console: undefined };
    const { nextSteps } = chatMessage(manifest(0, 0), SUBJECT, [], {
      page: unknown,
      changes: unknown,
    }).content;
    expect(nextSteps).toEqual(['Open the page of the day: s3://b/index.html']);
  });

  it('stays below the 3,000 characters of a text in Slack, and with the digest below 64 KiB of state', () => {
    const ids = checks.map(({ id }) => id);
    const longestId = ids.reduce((longest, id) => (id.length > longest.length ? id : longest));
    const check = checks.find(({ id }) => id === longestId)!;
    for (const part of ['❤.ws"', '@.a\\', '1.1.1.1.', 'www.a']) {
      const [name, user] = [part.repeat(10), part.repeat(13)];
      const account = { id: accountId(1), name };
      const long = findings(500).map((finding) => ({
        ...{ ...finding, account, user, check },
        severity: 'critical' as const,
      }));
      const message = chatMessage(manifest(50_000, 80_000_000), SUBJECT, long, places);
      const published = notification(message, part.repeat(2_000));
      const { content } = JSON.parse(published) as { content: { description: string } };
      expect(content.description.length).toBeGreaterThan(2_000);
      expect(content.description.length).toBeLessThan(3_000);
      expect(Buffer.byteLength(JSON.stringify(published))).toBeLessThan(12 * 1024);
    }
  });
});

describe('the notification', () => {
  it('has the format of Amazon Q Developer in chat applications', () => {
    const message = messageOf(manifest(0, 0));
    expect(JSON.parse(notification(message))).toEqual({
      version: '1.0',
      source: 'custom',
      content: { textType: 'client-markdown', ...message.content },
      metadata: message.metadata,
    });
  });

  it('says first what is wrong with the evidence', () => {
    const { content } = JSON.parse(
      notification(messageOf(manifest(0, 0)), 'THE MANIFEST IS NOT SIGNED: <x>'),
    ) as { content: { description: string } };
    expect(content.description).toMatch(/^`THE MANIFEST IS NOT SIGNED: ‹x›`\n\nThe run is complete\.\n/);
  });
});

describe('text from outside in a chat', () => {
  it.each([
    ['*bold* _it_ ~no~', '`*bold* _it_ ~no~`'],
    ['a`b``c', "`a'b''c`"],
    ['<!channel> <@U123>', '`‹!channel› ‹[@]U123›`'],
    ['[bank](https://evil.com)', '`[bank](https[:]//evil[.]com)`'],
    ['one\n# two\r\n> three', '`one # two › three`'],
  ])('%j becomes %j', (text, expected) => {
    expect(quoted(text)).toBe(expected);
  });

  it('is cut between characters', () => {
    expect(quoted('🔑🔑🔑', 3)).toBe('`🔑🔑🔑`');
    expect(quoted('🔑🔑🔑🔑', 3)).toBe('`🔑🔑…`');
  });

  it('is always one span of code on one line, without links and mentions', () => {
    const parts = fc.constantFrom(
      '`',
      '<',
      '>',
      '@',
      '!',
      '*',
      '\n',
      '.',
      'a',
      'com',
      'https://',
      '[',
      '](',
      ' ',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(parts).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const result = quoted(text);
        expect(result).toMatch(/^`[^`<>\n\p{Cc}]*`$/u);
        expect(linksIn(result.slice(1, -1))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
