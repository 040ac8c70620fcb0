/**
 * The entry of a Lambda function whose clients and settings are made on its first event and kept for later ones. A
 * mistake in the settings is then an error of the invocation, with a name that Step Functions sees.
 */
export function onFirstEvent<Event extends unknown[], Result>(
  make: () => (...event: Event) => Promise<Result>,
): (...event: Event) => Promise<Result> {
  let made: ReturnType<typeof make> | undefined;
  return async (...event) => {
    made ??= make();
    return made(...event);
  };
}
