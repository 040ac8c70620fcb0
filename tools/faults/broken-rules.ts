/** Runs a case and checks the rules. Every rule is a sentence; the regression tests are named after the rules. */
import type { BrokenRule } from './broken-rule';
import type { FaultCase } from './fault-case';
import { repairRules } from './repair-rules';
import { readRun } from './run-files';
import { earlierRunRules, runRules } from './run-rules';
import { Simulation } from './simulation';
import { summaryRules } from './summary-rules';

/** Runs a case, then once more without faults, and returns the rules that were broken. */
export async function brokenRules(props: FaultCase): Promise<BrokenRule[]> {
  const simulation = new Simulation(props);
  if (props.earlierRun) await simulation.run(['earlier'], { faulty: false });
  const beforeFaults = simulation.objects();
  const runs = await simulation.run(props.twoRuns ? ['first', 'second'] : ['first'], { faulty: true });
  const broken = runs.flatMap((run) => {
    const files = readRun(simulation, run);
    return [
      ...runRules(simulation, run, files),
      ...(files && runs.length === 1 ? summaryRules(simulation, files) : []),
    ];
  });
  const afterFaults = simulation.objects();
  broken.push(...earlierRunRules(beforeFaults, afterFaults));
  const [repair] = await simulation.run(['repair'], { faulty: false });
  if (repair) {
    const files = readRun(simulation, repair);
    broken.push(
      ...runRules(simulation, repair, files),
      ...repairRules(simulation, repair, files, afterFaults),
    );
  }
  return [...simulation.broken, ...broken];
}
