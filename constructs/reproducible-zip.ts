import { type ZippableFile, zipSync } from 'fflate';

/** The earliest time that a zip can contain, so that the same files always give the same bytes. */
const ZIP_EPOCH = new Date(1980, 0, 1);

/**
 * A zip whose bytes depend only on the names, the contents and the order of the files: all have the same time and may be
 * read by everyone.
 */
export function reproducibleZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([file, content]): [string, ZippableFile] => [
        file,
        [content, { mtime: ZIP_EPOCH, os: 3, attrs: 0o644 << 16 }],
      ]),
    ),
    { level: 9 },
  );
}
