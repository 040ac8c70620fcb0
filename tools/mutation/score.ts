import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Stryker } from '@stryker-mutator/core';
import { projectRoot } from '../support/project-root';

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/** Lowest share of its mutants that the tests of a file must find, percent. */
export const LOWEST_SCORE = 90;

export interface FileScore {
  /** The score, and each mutant that no test found. */
  lines: string[];
  reached: boolean;
}

export function fileScores(files: readonly string[], results: readonly MutantResult[]): FileScore[] {
  const byFile = Map.groupBy(results, ({ fileName }) => fileName);
  return files.map((file) => fileScore(file, byFile.get(resolve(projectRoot, file)) ?? []));
}

function fileScore(file: string, mutants: readonly MutantResult[]): FileScore {
  const found = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const total = found + survivors.length;
  // A file of types has no mutants.
  const score = total === 0 ? 100 : (100 * found) / total;
  const source = readFileSync(resolve(projectRoot, file), 'utf8').split('\n');
  const survivorLines = survivors.map(({ location: { start }, mutatorName, replacement }) => {
    const line = source[start.line - 1]?.trim() ?? '';
    return `        ${start.line}:${start.column} ${mutatorName}: ${line} => ${replacement.replace(/\s+/g, ' ')}`;
  });
  const summary = `${score.toFixed(0).padStart(5)} %  ${file}: ${found} of ${total} mutants found`;
  return { lines: [summary, ...survivorLines], reached: score >= LOWEST_SCORE };
}
