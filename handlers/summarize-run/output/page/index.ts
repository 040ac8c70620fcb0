import { createHash } from 'node:crypto';
import type { HistoryRun } from '../../../core/history';
import type { RunContent } from '../../../core/manifest';
import { PLACEHOLDERS } from '../../outputs-file';
import type { Samples } from '../../samples';
import { accountsSection, ageSection } from './accounts-section';
import { changesSection } from './changes-section';
import { checksSection } from './checks-section';
import { controlsSection } from './controls-section';
import { coverageSection } from './coverage-section';
import { cover } from './cover';
import { findingsSection } from './findings-section';
import { fileLink } from './file-link';
import { Html, formatTime, html } from './html';
import { pluralize } from '../../../shared/pluralize';
import { keyAgesSection } from './key-ages-section';
import { SCRIPT } from './script';
import { STYLE } from './style';
import { trendSection } from './trend-section';

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Allows this style and this script only, whatever the name of an account or user contains. */
const POLICY = [
  "default-src 'none'",
  'img-src data:',
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
const SCRIPT_ELEMENT = new Html(`<script>${SCRIPT}</script>`);

/** What the run could not read or compare. */
function notesSection({ notes }: RunContent): Html | undefined {
  if (notes.length === 0) return undefined;
  return html`<section aria-labelledby="notes">
    <h2 id="notes">Notes</h2>
    ${notes.map((note) => html`<p class="bad-text" role="alert">${note}</p>`)}
  </section>`;
}

/** What the page shows besides the manifest. */
export interface Shown {
  samples: Samples;
  /** The runs so far, this one included. */
  history: readonly HistoryRun[];
  /** Everything that its script shows, see `data-packer.ts`. */
  data: string;
}

/**
 * The page of a run: one self-contained file. Its links lead to the files beside it. Its manifest is named by
 * placeholders, because it is written later.
 */
export function page(manifest: RunContent, { samples, history, data }: Shown): string {
  const { environment, date, execution, startedAt, complete, totals } = manifest;
  const manifestUrl = new Html(PLACEHOLDERS.manifestLink);
  const state = complete
    ? ''
    : totals.failed > 0
      ? `${pluralize(totals.failed, 'account')} failed – `
      : 'no accounts – ';
  const title = `${state}IAM credentials ${environment} ${date}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        ${cover(manifest)}
        <header>
          <h1>IAM credentials of the organization</h1>
          <p class="soft">
            Environment ${environment}, run of <time datetime="${startedAt}">${formatTime(startedAt)}</time>
          </p>
        </header>
        <main>
          ${coverageSection(manifest, manifestUrl)} ${notesSection(manifest)}
          ${changesSection(manifest, samples)} ${checksSection(manifest)} ${controlsSection(manifest)}
          ${trendSection(history)} ${keyAgesSection(manifest)} ${accountsSection(manifest)}
          ${findingsSection(manifest, samples)} ${ageSection(manifest)}
        </main>
        <footer>
          <p>
            Complete data: ${fileLink('credentials.csv')}, ${fileLink('findings.csv')},
            ${fileLink('changes.csv')}, ${fileLink('controls.csv')},
            ${manifest.serviceCredentials ? html`${fileLink('service_credentials.csv')},` : ''}
            <a class="manifest" href="${manifestUrl}">manifest</a>. Execution ${execution}.
          </p>
          <p>
            SHA-256 of the manifest, which names the hash of every report:
            <code>${new Html(PLACEHOLDERS.manifestHash)}</code>
          </p>
          <p>
            A credential report does not cover a third or later access key, service-specific credentials,
            roles, or users of IAM Identity Center.
          </p>
        </footer>
        <script type="text/plain" id="data">
          ${new Html(data)}
        </script>
        ${SCRIPT_ELEMENT}
      </body>
    </html> `.text;
}
