import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { checks } from '../../../../../handlers/checks';
import { historyWith } from '../../../../../handlers/core/history';
import type { ManifestAccount, RunContent } from '../../../../../handlers/core/manifest';
import { page } from '../../../../../handlers/summarize-run/output/page';
import { DataPacker } from '../../../../../handlers/summarize-run/output/page/data/data-packer';
import { PLACEHOLDERS, withManifest } from '../../../../../handlers/summarize-run/outputs-file';
import { Samples, type ShownFinding } from '../../../../../handlers/summarize-run/samples';
import { complaintsOf, hasChromium, openPage, startBrowser } from '../../../../../tools/screenshots/browser';
import { temporaryFolder } from '../../../../../tools/support/embedded';
import { defaultSettings } from '../../../../../tools/support/embedded-execution';
import { NO_CHANGES, collectedAccount, contentOf, failedAccount } from '../../../../support/manifests';
import { DATE, accountId } from '../../../../support/stored-run';

const EVIL = `"><script>window.evil = true</script><img src=x onerror="window.evil = true">'`;

interface Size {
  accounts: number;
  failed: number;
  findings: number;
  text?: string;
  notes?: string[];
}

/** Of a report, without `user` and `arn`. */
const CELLS = Array.from({ length: 21 }, (_, index) =>
  index === 0 ? '2024-02-29T08:09:10+00:00' : 'N/A',
).join();

const nothingShown = { samples: new Samples(), history: [], data: '' };
const CONSOLE = 'https://us-east-1.console.aws.amazon.com/s3/object/reports?region=us-east-1&prefix=';
const RECORDED = { key: 'manifests/production/00000012.json', sha256: 'f'.repeat(64) };

/** Checks whose findings the page shows; the findings of the last one are all exempt. */
const shownChecks = ['root-access-key', 'root-mfa', 'root-recent-use', 'console-mfa'].flatMap(
  (id) => checks.find((check) => check.id === id) ?? [],
);

/** The history of a run, as if the run before had been the same. */
function runsBefore(run: RunContent) {
  const startedAt = '2026-11-21T08:00:00.000Z';
  return historyWith(historyWith([], { ...run, date: '2026-11-21', execution: 'run-0', startedAt }), run);
}

/** The page of a run of that size before it has a manifest, with `text` wherever text comes from outside. */
function templateOf({ accounts, failed, findings, text = '', notes = [] }: Size): string {
  const manifestAccounts = Array.from({ length: accounts }, (_, index): ManifestAccount => {
    const identity = { id: accountId(index), name: `${text}account ${index}`.slice(0, 50).padEnd(50, 'x') };
    return index < failed
      ? {
          ...identity,
          outcome: 'failed',
          reason: 'denied',
          detail: `${text}${'AccessDenied: '.padEnd(500, `'"`)}`,
        }
      : {
          ...collectedAccount(index, { users: 5, findings: index }),
          ...identity,
        };
  });
  const samples = new Samples();
  const packer = new DataPacker('aws');
  for (let index = 0; index < findings; index++) {
    const check = shownChecks[index % shownChecks.length]!;
    const status = (['new', 'open', 'open', 'exempt'] as const)[index % 4]!;
    const finding: ShownFinding = {
      account: manifestAccounts[index % accounts]!,
      user: `${text}user-${index}`.padEnd(64, 'y'),
      arn: '',
      check,
      severity: check.severity,
      result: index % 5 === 0 ? 'unknown' : 'fail',
      key: check.id,
      reason: `${text}reason `.padEnd(200, 'z'),
      status,
    };
    samples.findings[status].add(check.id, () => finding);
    packer.add({
      account: finding.account,
      rows: [{ user: finding.user, arn: '', cells: CELLS }],
      findings: [finding],
      statusOf: () => status,
    });
    const { account, user } = finding;
    samples.resolved.add(check.id, () => ({ account, user, check: check.id, credential: text }));
    samples.usersAdded.add('', () => ({ account: finding.account, user: finding.user }));
  }
  const changes = {
    ...NO_CHANGES,
    newFindings: 7,
    resolvedFindings: findings,
    usersAdded: findings,
    usersRemoved: 0,
    accountsRemoved: [],
  };
  const content: RunContent = {
    ...contentOf([]),
    notes,
    environment: `production${text}`,
    execution: `run-1${text}`,
    complete: failed === 0,
    totals: {
      accounts,
      expected: accounts,
      collected: accounts - failed,
      failed,
      skipped: 0,
      withoutRootCredentials: 0,
      users: 5 * accounts,
      findings,
      findingsBySeverity: { critical: findings, high: 0, medium: 0, low: 0 },
      principalsWithFindings: findings,
    },
    failures: failed > 0 ? [{ reason: 'denied', accounts: failed }] : [],
    checks: checks.map(({ id, title, severity }) => ({
      id,
      title: title(defaultSettings.checks),
      severity,
      thresholds: {},
      benchmark: null,
      looser: false,
      controls: ['CIS v7.0 2.5'],
      findings: 2,
      pass: 3,
      unknown: 5,
      fail: 2,
      exempt: 1,
      notApplicable: 4,
    })),
    exemptions: [
      {
        account: '*',
        user: `${text}*`,
        check: 'console-mfa',
        reason: `${text}because`,
        expires: DATE,
        approvedBy: `${text}who`,
        ticket: `${text}ticket`,
        source: 'environment',
        effect: 'used',
        endsSoon: true,
        findings: 1,
      },
    ],
    changes: {
      since: { date: DATE, execution: 'run-0', startedAt: `${DATE}T04:00:00.000Z` },
      accountsAdded: manifestAccounts.slice(0, 30).map(({ id, name }) => ({ id, name, why: text })),
      ...changes,
    },
    accounts: manifestAccounts,
  };
  const data = packer.packed(content, CONSOLE);
  return page(content, { samples, history: runsBefore(content), data });
}

/** The same, as it is in the view of its day. */
const pageOf = (size: Size) => withManifest(templateOf(size), RECORDED, { folder: `organization/${DATE}/` });

describe('the page', () => {
  it('is smaller than 4 MB with 10,000 accounts, whether all failed or all have findings', () => {
    const pages = [
      pageOf({ accounts: 10_000, failed: 10_000, findings: 0 }),
      pageOf({ accounts: 10_000, failed: 0, findings: 100_000 }),
      pageOf({ accounts: 10_000, failed: 5_000, findings: 100_000, text: `<&"'` }),
    ];
    for (const text of pages) expect(Buffer.byteLength(text)).toBeLessThan(4_000_000);
  });

  it('says how many rows are left out and where they are', () => {
    const text = pageOf({ accounts: 10_000, failed: 9_000, findings: 5_000 });
    expect(text).toContain('and 8,500 more, see <a href="../../manifests/production/00000012.json">');
    expect(text).toContain('500 of 5,000 findings');
  });

  it('marks the findings whose result is unknown', () => {
    const text = pageOf({ accounts: 20, failed: 0, findings: 40 });
    expect(text.match(/data-status="\w+ unknown"/g)).toHaveLength(8);
  });

  it('is self-contained: it loads nothing, and its policy forbids loading', () => {
    const text = pageOf({ accounts: 3, failed: 1, findings: 8 });
    expect(text).toContain("default-src 'none'");
    expect(text).not.toMatch(/https?:|src=|@import|url\(/);
  });

  it('names the hash of the manifest and leads to it, from any folder', () => {
    const template = templateOf({ accounts: 3, failed: 1, findings: 8 });
    const folder = `runs/${DATE}/run-1/0123456789abcdef/`;
    for (const [at, href] of [
      [`organization/${DATE}/`, `../../${RECORDED.key}`],
      [folder, `../../../../${RECORDED.key}`],
    ] as const) {
      const text = withManifest(template, RECORDED, { folder: at });
      expect(text).toContain(`href="${href}">manifest</a>`);
      expect(text).toContain(`<code>${RECORDED.sha256}</code>`);
      expect(text).not.toMatch(/\u0001/);
    }
  });

  it('shows what could not be read or compared above what changed, with changes and without', () => {
    const note = 'Not compared with <a file>: it is empty.';
    const shown = '<p class="bad-text" role="alert">Not compared with &#60;a file&#62;: it is empty.</p>';
    expect(pageOf({ accounts: 3, failed: 1, findings: 8, notes: [note] })).toContain(shown);
    const withoutChanges = page(contentOf([], { notes: [note] }), nothingShown);
    expect(withoutChanges).toContain(shown);
    expect(withoutChanges.match(/<h2 id="(coverage|notes|changes)">|role="alert">Not/g)).toEqual([
      '<h2 id="coverage">',
      '<h2 id="notes">',
      'role="alert">Not',
      '<h2 id="changes">',
    ]);
    expect(pageOf({ accounts: 3, failed: 1, findings: 8 })).not.toContain('Not compared with');
  });

  const keptFrom = { number: 1, execution: 'morning', startedAt: `${DATE}T04:00:00.000Z` };
  const kept = (number: number) => ({ ...failedAccount(number), keptFrom });

  it('tells which report the tables show of an account that failed', () => {
    const text = page(contentOf([kept(1), failedAccount(2)]), nothingShown);
    expect(text.match(/the tables show its report of the run of [^<]*/g)).toEqual([
      'the tables show its report of the run of 2026-11-22 04:00 UTC, morning ',
    ]);
  });

  it.each([
    [[failedAccount(1)], 'Their users are not included below.'],
    [[kept(1), failedAccount(2)], '1 of them keeps the report of an earlier run of the day'],
    [[kept(1), kept(2)], '2 of them keep the report of an earlier run of the day'],
  ])('says whether the lists include accounts that failed (%#)', (accounts, sentence) => {
    expect(page(contentOf(accounts), nothingShown)).toContain(sentence);
  });

  it('has no control characters of what comes from outside', () => {
    const text = '\u0000\u0001\u0008\u001b[2J\u007f\u0085\u009f';
    const size = { accounts: 5, failed: 2, findings: 20, text, notes: [text] };
    expect(pageOf(size)).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it('puts the manifest in no place that an account or a user is named like', () => {
    const names = Object.values(PLACEHOLDERS).join('');
    const size = { accounts: 5, failed: 2, findings: 20, notes: [names] };
    const counted = (text: string) => text.split(RECORDED.sha256).length + text.split(RECORDED.key).length;
    expect(counted(pageOf({ ...size, text: names }))).toBe(counted(pageOf(size)));
    expect(pageOf({ ...size, text: names })).toContain('manifest hash');
  });
});

const inChromium = hasChromium ? describe : describe.skip;

inChromium(
  `the page in Chromium${hasChromium ? '' : ' (skipped: install it and put its path into CHROMIUM)'}`,
  () => {
    let browser: Browser;
    let tab: Page;
    let complaints: string[];
    const { folder, remove } = temporaryFolder();
    beforeAll(async () => {
      browser = await startBrowser();
    });
    beforeEach(async () => {
      tab = await browser.newPage();
      complaints = complaintsOf(tab);
    });
    afterEach(() => tab.close());
    afterAll(async () => {
      await browser.close();
      remove();
    });
    /** A file below a folder of its own. */
    const written = (size: Size, below: string) => {
      const file = join(folder, randomUUID(), below, 'index.html');
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, pageOf(size));
      return file;
    };
    const open = async (size: Size, width = 1200, hash = '', scheme: 'light' | 'dark' = 'light') => {
      const file = written(size, `organization/${DATE}`);
      await openPage(tab, `file://${file}${hash}`, width, scheme);
      await tab.waitForSelector('#explorer:not([hidden])');
    };
    const visible = () =>
      tab.evaluate(
        `[...document.querySelectorAll('#explorer tbody tr')].filter((row) => row.offsetHeight > 0).length`,
      );
    const setFilter = (name: string, value: string) =>
      tab.evaluate(`(() => { const field = document.querySelector('.filter').elements['${name}'];
      field.value = '${value}'; field.dispatchEvent(new Event('input', { bubbles: true })); })()`);

    const textOf = (selector: string) =>
      tab.evaluate(`document.querySelector('${selector}')?.textContent ?? ''`);

    it('runs its own script without errors and filters by words, check and status', async () => {
      await open({ accounts: 20, failed: 0, findings: 40 });
      expect(await visible()).toBe(40);
      await setFilter('text', 'USER-7');
      expect(await visible()).toBe(1);
      await setFilter('text', '');
      await setFilter('check', 'console-mfa');
      expect(await visible()).toBe(10);
      await setFilter('status', 'exempt');
      expect(await visible()).toBe(10);
      await setFilter('status', 'new');
      expect(await visible()).toBe(0);
      expect(await tab.evaluate(`document.querySelector('#explorer [role=status]').textContent`)).toBe(
        '0 of 40 findings.',
      );
      expect(complaints).toEqual([]);
    });

    it('finds each of the accounts with the most findings by typing its ID', async () => {
      await open({ accounts: 200, failed: 0, findings: 1_000 });
      const worst = (await tab.evaluate(
        `[...document.querySelectorAll('#accounts ~ * tbody th .id')].map(({ textContent }) => textContent)`,
      )) as string[];
      expect(worst).toHaveLength(20);
      for (const id of worst) {
        await setFilter('text', '');
        await tab.type('.filter [name=text]', id);
        expect(await textOf('#explorer [role=status]')).toBe('5 of 1,000 findings.');
        expect(await textOf('#explorer tbody td:nth-child(2)')).toContain(id);
      }
      expect(complaints).toEqual([]);
    });

    it('filters the findings whose result is unknown, whether they are new, open or exempt', async () => {
      await open({ accounts: 20, failed: 0, findings: 40 });
      await setFilter('status', 'unknown');
      expect(await visible()).toBe(8);
      expect(complaints).toEqual([]);
    });

    it('does not run scripts in the names of accounts and users or in reasons', async () => {
      await open({ accounts: 5, failed: 2, findings: 20, text: EVIL });
      expect(await tab.evaluate('typeof window.evil')).toBe('undefined');
      expect(await tab.evaluate(`document.querySelectorAll('img').length + document.scripts.length`)).toBe(2);
      expect(complaints).toEqual([]);
    });

    it.each([320, 400, 768, 800, 1200, 1280])('needs no horizontal scrolling at %d pixels', async (width) => {
      await open({ accounts: 30, failed: 3, findings: 40 }, width);
      expect(await tab.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    });

    it('shows an account with every user and all of their cells, and leads to its report', async () => {
      await open({ accounts: 20, failed: 0, findings: 40 });
      await tab.click('#explorer tbody a');
      await tab.waitForSelector('.details h3');
      const id = String(await textOf('#explorer tbody a'));
      expect(await textOf('.details h3')).toContain(id);
      expect(await tab.evaluate('location.hash')).toBe(`#account=${id}`);
      expect(await tab.evaluate(`document.querySelectorAll('.details details').length`)).toBe(2);
      expect(await textOf('.details details')).toContain('user_creation_time2024-02-29T08:09:10+00:00');
      expect(await tab.evaluate(`document.querySelector('.details dd a').getAttribute('href')`)).toBe(
        `../../${DATE}/credentialReport_${id}.csv`,
      );
      await tab.click('.details summary');
      await setFilter('text', 'user');
      expect(await tab.evaluate(`document.querySelector('.details details').open`)).toBe(false);
      await tab.goBack();
      await tab.waitForSelector('.details:empty');
      expect(await textOf('.details')).toBe('');
      expect(complaints).toEqual([]);
    });

    it('leads to the report in the console where no report is beside the page', async () => {
      const file = written({ accounts: 20, failed: 0, findings: 40 }, `reports/production/${DATE}`);
      const id = accountId(7);
      await openPage(tab, `file://${file}#account=${id}`, 1200);
      await tab.waitForSelector('.details dd a');
      expect(await tab.evaluate(`document.querySelector('.details dd a').href`)).toBe(
        `${CONSOLE}${DATE}/credentialReport_${id}.csv`,
      );
    });

    it('says what its address asks for that this run does not have, so that it can be removed', async () => {
      await open({ accounts: 20, failed: 0, findings: 40 }, 1200, '#owner=nobody&framework=CIS+v9');
      expect(await textOf('#explorer [role=status]')).toBe('0 of 40 findings.');
      const shown = `[...document.querySelectorAll('.filter label')].filter((label) => label.offsetHeight > 0)
        .map((label) => label.control.value).filter((value) => value !== '')`;
      expect(await tab.evaluate(shown)).toEqual(['findings', 'CIS v9', 'nobody']);
      await setFilter('owner', '');
      await setFilter('framework', '');
      expect(await textOf('#explorer [role=status]')).toBe('40 of 40 findings.');
      expect(await tab.evaluate('location.hash')).toBe('');
    });

    it('shows what its address says, and says in its address what it shows', async () => {
      await open(
        { accounts: 20, failed: 0, findings: 40 },
        1200,
        '#show=accounts&sort=-findings&text=account+19x',
      );
      expect(await textOf('#explorer [role=status]')).toBe('1 of 20 accounts.');
      expect(await textOf('#explorer tbody td')).toContain('account 19');
      await setFilter('show', 'findings');
      await setFilter('severity', 'critical');
      expect(await tab.evaluate('location.hash')).toBe('#text=account+19x&severity=critical');
    });

    it('says that there is no such account', async () => {
      await open({ accounts: 3, failed: 0, findings: 4 }, 1200, '#account=999');
      expect(await textOf('.details')).toBe('There is no account 999 in this run.');
    });

    it('orders by a column with the keyboard alone', async () => {
      await open({ accounts: 20, failed: 0, findings: 40 });
      await tab.focus('#explorer th:nth-child(3) button');
      await tab.keyboard.press('Enter');
      await tab.keyboard.press('Enter');
      expect(
        await tab.evaluate(`document.querySelector('#explorer [aria-sort=descending]').textContent`),
      ).toBe('User');
      expect(await tab.evaluate(`document.activeElement.textContent`)).toBe('User');
      expect(await textOf('#explorer tbody td:nth-child(3)')).toMatch(/^user-9/);
    });

    it('shows a part of the rows first, and more on demand', async () => {
      await open({ accounts: 200, failed: 0, findings: 400 });
      expect(await visible()).toBe(100);
      await tab.click('.actions button');
      expect(await visible()).toBe(400);
      expect(await tab.evaluate(`document.querySelector('.actions button').hidden`)).toBe(true);
    });

    it('saves the rows that match, not only those that are shown', async () => {
      await open({ accounts: 200, failed: 0, findings: 400 });
      await tab.evaluate(`URL.createObjectURL = (blob) => { window.saved = blob.text(); return '#'; }`);
      await setFilter('status', 'exempt');
      await tab.click('.actions button:last-child');
      const lines = String(await tab.evaluate('window.saved'))
        .trim()
        .split('\n');
      expect(lines).toHaveLength(101);
      expect(lines[0]).toBe(
        'account_id,account_name,ou,owner,user,arn,check,severity,status,unknown,reason,acceptance',
      );
    });

    it.each([
      ['light', ''],
      ['dark', '#account=100000000007'],
      ['light', '#show=accounts'],
    ] as const)('has no violation of accessibility rules that axe knows: %s %s', async (scheme, hash) => {
      await open({ accounts: 30, failed: 3, findings: 40 }, 1200, hash, scheme);
      await tab.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
      const { violations } = (await tab.evaluate('axe.run()')) as {
        violations: { id: string; nodes: { html: string }[] }[];
      };
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 150))])).toEqual(
        [],
      );
    });

    it('is a readable report without scripts', async () => {
      await tab.setJavaScriptEnabled(false);
      const file = join(folder, `${randomUUID()}.html`);
      writeFileSync(file, pageOf({ accounts: 30, failed: 3, findings: 40 }));
      await openPage(tab, `file://${file}`, 1200);
      expect(await tab.$('#findings').then((table) => table?.isVisible())).toBe(true);
      expect(await tab.$('#explorer').then((explorer) => explorer?.isVisible())).toBe(false);
    });

    it('shows failed accounts at the top, in red', async () => {
      await open({ accounts: 30, failed: 3, findings: 40 });
      const [top, color] = (await tab.evaluate(
        `(() => { const row = document.querySelector('#failed tbody th'); return [row.getBoundingClientRect().top, getComputedStyle(row).color]; })()`,
      )) as [number, string];
      expect(top).toBeLessThan(600);
      expect(color).toBe('rgb(180, 35, 24)');
    });

    it.each(['status=new', 'check=root-mfa'])(
      'leads from its numbers to their findings: #%s',
      async (hash) => {
        await open({ accounts: 20, failed: 0, findings: 40 });
        await tab.click(`main a[href="#${hash}"]`);
        await tab.waitForFunction(`document.querySelectorAll('#explorer tbody tr').length === 10`);
        const top = await tab.evaluate(`document.querySelector('.filter').getBoundingClientRect().top`);
        expect(Math.abs(Number(top))).toBeLessThan(2);
      },
    );

    /** Width of the printed part of a sheet of US Letter, pixels: 8.5 inches without two margins of 15 mm. */
    const LETTER = 703;

    it.each([
      ['on a screen', 'screen', 641],
      ['on a screen', 'screen', 768],
      ['on a screen', 'screen', 1000],
      ['on paper', 'print', LETTER],
    ] as const)(
      'breaks no word of the names of checks and controls %s (%s, %d pixels)',
      async (_where, media, width) => {
        await open({ accounts: 20, failed: 0, findings: 40 }, width);
        await tab.emulateMediaType(media);
        const broken =
          await tab.evaluate(`[...document.querySelectorAll('.checks tbody th, .checks thead th:not(.chart), #explorer th')].filter((cell) => {
        const word = document.createElement('span');
        word.style.cssText = 'position: absolute; white-space: nowrap; font: ' + getComputedStyle(cell).font;
        document.body.append(word);
        const widths = cell.innerText.split(/[\\s-]+/).map((text) => ((word.textContent = text), word.offsetWidth));
        word.remove();
        return Math.max(...widths) > cell.clientWidth;
      }).map((cell) => cell.textContent)`);
        expect(broken).toEqual([]);
      },
    );

    describe('on paper', () => {
      const print = async (size: Size, format: 'letter' | 'a4') => {
        await open(size);
        const pdf = Buffer.from(await tab.pdf({ format })).toString('latin1');
        return pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      };

      it.each(['letter', 'a4'] as const)('has at most 15 sheets with 800 accounts: %s', async (format) => {
        const sheets = await print({ accounts: 800, failed: 20, findings: 8_520 }, format);
        expect(sheets).toBeGreaterThan(3);
        expect(sheets).toBeLessThanOrEqual(15);
      });

      it('begins with a cover that says where it comes from, which is not on the screen', async () => {
        await open({ accounts: 20, failed: 3, findings: 40 });
        const isShown = () => tab.$('.cover').then((cover) => cover?.isVisible());
        expect(await isShown()).toBe(false);
        await tab.emulateMediaType('print');
        expect(await isShown()).toBe(true);
        const text = String(await textOf('.cover dl'));
        for (const fact of ['o-exampleorg1', '17 of 20 expected collected, 3 failed', RECORDED.sha256])
          expect(text).toContain(fact);
      });

      it('has the first findings of those that are shown, and says that there are more', async () => {
        await open({ accounts: 200, failed: 0, findings: 400 });
        await tab.emulateMediaType('print');
        expect(await visible()).toBe(60);
        const printed = `[...document.querySelectorAll('.printed')].filter((line) => line.offsetHeight > 0 && line.textContent !== '')
          .map((line) => line.textContent)`;
        expect(await tab.evaluate(printed)).toEqual([
          '60 of 400 are printed; findings.csv has every finding.',
        ]);
      });

      it('has no filter', async () => {
        await open({ accounts: 3, failed: 0, findings: 4 });
        await tab.emulateMediaType('print');
        expect(await tab.evaluate(`getComputedStyle(document.querySelector('.filter')).display`)).toBe(
          'none',
        );
      });
    });
  },
);
