import { mkdirSync, writeFileSync } from 'node:fs';
import { inputs } from './inputs';
import { type Node, merge } from './merge';
import { sample } from './sample';
import type { Sample } from './sample';
import { randomChoices } from './choices';
import { countedIn, dataBlocks, outputBlocks, resourceBlocks, withIndexes } from './resources';
const n = Number(process.argv[2] ?? 40);
const samples: Sample[] = [];
for (const { choice, which } of randomChoices(7)) { void which; for (const w of [0, 1] as const) { const s = sample(choice, w); if (s) samples.push(s); } if (samples.length >= n) break; }
const node = merge(samples, [...inputs.keys()]) as Extract<Node, { kind: 'object' }>;
const fields = (name: string) => (node.fields.get(name)!.node as Extract<Node, { kind: 'object' }>).fields;
const counted = new Set([...countedIn(fields('resource')), ...countedIn(fields('data'))]);
mkdirSync('dist/module-try', { recursive: true });
writeFileSync('dist/module-try/main.tf', withIndexes([...dataBlocks(fields('data')), ...resourceBlocks(fields('resource'))].join('\n'), counted));
writeFileSync('dist/module-try/outputs.tf', withIndexes(outputBlocks(fields('output')).join('\n'), counted));
const cases = [...inputs].map(([name, { expression }]) => `    ${name} = ${expression}\n`).join('');
writeFileSync('dist/module-try/locals.tf', `locals {\n  case = {\n${cases}  }\n}\n`);
