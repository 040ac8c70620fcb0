/** Where a message says that there is more. */
export interface DigestPlaces {
  page: ReadablePlace;
  manifest: string;
  manifestHash: string;
  changes: ReadablePlace;
  findings: ReadablePlace;
}

/** Where an object is. */
export interface ReadablePlace {
  /** Such as `s3://BUCKET/KEY`. */
  url: string;
  /** Its address in the console, if that of the partition is known. */
  console: string | undefined;
}
