import { RunView } from '../../handlers/summarize-run/publish/view';

export type View = RunView;

/** The view that an object contains; nothing if it contains something else. */
export function parseView(content: Uint8Array): View | undefined {
  try {
    return RunView.safeParse(JSON.parse(Buffer.from(content).toString())).data;
  } catch {
    return undefined;
  }
}
