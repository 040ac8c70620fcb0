import { join } from 'node:path';
import { type Terminal, commandLine, folderPath } from '../../local/command-line';
import { problemsOfEnvironment } from '../../local/environment-option';
import { REPORT_FOLDER, problemsOfReportFolder } from '../../local/output-folder';
import { isDay } from '../verify/options';

export interface ReportOptions {
  readonly environment: string;
  readonly date?: string | undefined;
  readonly out: string;
  /** Whether the browser may be opened. */
  readonly open: boolean;
}

/** Reads the command line; ends the process with code 2 and one line for each problem for wrong usage. */
export function parseOptions(argv: readonly string[], terminal?: Terminal): ReportOptions {
  const command = commandLine({
    script: 'report',
    description:
      'Fetches page and tables of a deployed environment into a folder that only you can read, verifies them against what ' +
      'the run recorded, and opens the page in the browser. Reads only, with the credentials of the shell (AWS_PROFILE); ' +
      'the output reader_policy has what they need.',
    exitCodes:
      '0: fetched and verified; 1: something is not as recorded, or could not be read, and nothing was opened; 130: Ctrl-C',
    ...(terminal && { terminal }),
  })
    .argument('<environment>', 'name of an environment')
    .argument('[date]', 'the day, YYYY-MM-DD (default: the newest that has a finished run)')
    .option(
      '--out <dir>',
      `folder for reports; a day is in ${join('NAME', 'DATE')} below it`,
      folderPath,
      REPORT_FOLDER,
    )
    .option(
      '--no-open',
      'print where the page is, and open nothing; also without a terminal and where CI is set',
    );
  command.check<{ out: string }>(({ out }, [name, date]) => [
    ...problemsOfEnvironment(name),
    ...(date === undefined || isDay(date) ? [] : [`${date} is not a date of the form YYYY-MM-DD`]),
    ...(out === undefined ? [] : problemsOfReportFolder(out, '--out')),
  ]);
  const options = command.parse(argv, { from: 'user' }).opts<{ out: string; open: boolean }>();
  const [environment = '', date] = command.args;
  return { ...options, environment, date };
}
