/** The libraries that the constructs work with, of which an app has one. */
export const libraries = ['cdktf', 'cdktn'] as const;
export type Library = (typeof libraries)[number];

/** The name of a module in another library: the sources import CDKTF. */
export const inLibrary = (library: Library, module: string): string =>
  module.replace(/^(@?)cdktf(?=$|\/)/, `$1${library}`);

/** The packages that an app installs: code and types of the package import no others. */
export const OF_THE_APP = /^(@?cdktf|constructs|zod)(\/|$)/;
