/** What a release consists of. */
export interface Build {
  /** Script of package.json that builds it. */
  readonly script: string;
  /** What the script writes: a folder or a file in `dist/`. */
  readonly writes: string;
  /** How it is released: as npm packs it, as a zip of the folder, or as the file that it is. */
  readonly releasedAs: 'npm-package' | 'zip' | 'file';
}

/** In the order in which they run: the bill of materials lists what was built before it. */
export const builds: readonly Build[] = [
  { script: 'build:package', writes: 'dist/package', releasedAs: 'npm-package' },
  { script: 'build:role-module', writes: 'dist/report-role', releasedAs: 'zip' },
  { script: 'build:module', writes: 'dist/terraform-aws-iam-credential-reports', releasedAs: 'zip' },
  { script: 'build:role-template', writes: 'dist/report-role.template.json', releasedAs: 'file' },
  { script: 'build:sbom', writes: 'dist/iam-credential-reports.cdx.json', releasedAs: 'file' },
];
