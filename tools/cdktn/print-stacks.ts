/** Prints every stack, by its name, as JSON: run once with CDKTF, once with CDK Terrain. */
import { synthesizedStacks } from '../golden/stacks';
import { projectRoot } from '../support/project-root';

process.stdout.write(JSON.stringify(Object.fromEntries(synthesizedStacks(projectRoot))));
