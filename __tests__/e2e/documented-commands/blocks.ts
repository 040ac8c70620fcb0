import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../tools/support/project-root';

/** A part of a document that a user follows: what to change in the file of the environment, or what to run. */
export interface Block {
  language: 'json' | 'sh';
  text: string;
}

/** A section of a document, with its blocks. */
export interface Section {
  heading: string;
  blocks: Block[];
}

/** The sections of a document that have something to do. */
export function sectionsOf(document: string): Section[] {
  const text = readFileSync(join(projectRoot, document), 'utf8');
  return text
    .split(/^##+ /m)
    .map((section) => ({ heading: section.split('\n')[0] ?? '', blocks: blocksOf(section) }))
    .filter(({ blocks }) => blocks.length > 0);
}

const blocksOf = (section: string): Block[] =>
  [...section.matchAll(/^```(json|sh)\n(.*?)^```$/gms)].map(([, language, text = '']) => ({
    language: language as Block['language'],
    text,
  }));
