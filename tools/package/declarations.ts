import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../support/project-root';
import { type Library, OF_THE_APP, inLibrary } from './library';

const ENTRY = 'constructs/index.d.ts';

/** Matches the module of each import in a declaration; the compiler writes one form of each. */
const MODULE = /(?<=\bfrom '|\bfrom "|\bimport\('|\bimport\(")[^'"]+(?=['"])/g;

/**
 * The types of the constructs by file name, for a library.
 * @throws if the sources have errors, or import a type of a package that apps do not have
 */
export function declarations(library: Library): Map<string, string> {
  const written = compiled();
  const reached = new Map<string, string>();
  const missing = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) return;
    const text = written.get(file);
    if (text === undefined) throw new Error(`${file} has no types`);
    reached.set(
      file,
      text.replaceAll(MODULE, (module) => inLibrary(library, module)),
    );
    for (const [module] of text.matchAll(MODULE)) {
      if (module.startsWith('.')) visit(fileOf(file, module, written));
      else if (!OF_THE_APP.test(module)) missing.add(`${file} imports ${module}`);
    }
  };
  visit(ENTRY);
  if (missing.size > 0) throw new Error(`Apps cannot read these types: ${[...missing].join(', ')}`);
  return reached;
}

function fileOf(from: string, module: string, written: ReadonlyMap<string, string>): string {
  const path = join(dirname(from), module);
  return written.has(`${path}.d.ts`) ? `${path}.d.ts` : `${path}/index.d.ts`;
}

let all: ReadonlyMap<string, string> | undefined;

/** The declarations of the constructs and of everything that they import, by file name. */
function compiled(): ReadonlyMap<string, string> {
  if (all) return all;
  const { config } = ts.readConfigFile(join(projectRoot, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  ) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, projectRoot);
  const files = new Map<string, string>();
  const program = ts.createProgram([join(projectRoot, 'constructs', 'index.ts')], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    rootDir: projectRoot,
    outDir: projectRoot,
    newLine: ts.NewLineKind.LineFeed,
  });
  const { diagnostics } = program.emit(undefined, (path, text) => {
    files.set(relative(projectRoot, path).replaceAll('\\', '/'), text);
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0)
    throw new Error(
      ts.formatDiagnostics(problems, {
        ...ts.createCompilerHost(options),
        getCurrentDirectory: () => projectRoot,
      }),
    );
  all = files;
  return files;
}
