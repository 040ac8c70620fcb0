/** Prints every stack by name, as JSON. It runs once with CDKTF and once with CDK Terrain. */
import { synthesizedStacks } from '../golden/stacks';

process.stdout.write(JSON.stringify(Object.fromEntries(synthesizedStacks())));
