import { variableBlock, variables } from './module/variables';
import { formatted } from './module/formatted';
import { writeFileSync } from 'node:fs';
const t = formatted(variables().map(variableBlock).join('\n'));
writeFileSync('/tmp/h/m4t/variables.tf', t); writeFileSync('/tmp/h/m4t/modules/logging-account/variables.tf', t);
