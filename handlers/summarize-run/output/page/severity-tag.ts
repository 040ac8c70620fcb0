import type { Severity } from '../../../checks/check';
import { type Html, html } from './html';

/** A severity, with its color. */
export const severityTag = (severity: Severity): Html =>
  html`<span><span class="tag ${severity}">${severity}</span></span>`;
