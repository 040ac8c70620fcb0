import { commandLine, folderPath } from '../../local/command-line';
import { problemsOfTarget } from './write-folder';

interface TargetFolderProps {
  readonly script: string;
  readonly description: string;
  readonly exitCodes: string;
  /** Where a script writes to if nobody says. */
  readonly folder: string;
}

/** The folder that a script, whose only argument it is, writes to as a whole. */
export function targetFolder({ folder, ...command }: TargetFolderProps): string {
  const {
    args: [chosen = folder],
  } = commandLine(command)
    .argument(
      '[folder]',
      `folder to write to, new or empty (default: ${folder}, which is overwritten)`,
      folderPath,
    )
    .check((_options, [target]) => (target === undefined ? [] : problemsOfTarget(target)))
    .parse();
  return chosen;
}
