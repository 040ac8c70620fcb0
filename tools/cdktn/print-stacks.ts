/** Prints every stack by name, as JSON. It runs once with CDKTF and once with CDK Terrain. */
import { synthesizedStacks } from '../golden/stacks';
import { projectRoot } from '../support/project-root';

process.stdout.write(JSON.stringify(Object.fromEntries(synthesizedStacks(projectRoot))));
