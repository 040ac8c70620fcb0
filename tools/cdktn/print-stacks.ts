/** Prints every stack, by its name, as JSON: run once with CDKTF, once with CDK Terrain. */
import { synthesizedStacks } from '../golden/stacks';

process.stdout.write(JSON.stringify(Object.fromEntries(synthesizedStacks())));
