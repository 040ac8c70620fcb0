/**
 * The entry of a Lambda function that creates its handler, with clients and settings, on its first event and keeps it for
 * later events. Invalid settings then fail the invocation, with an error name that Step Functions can match, and not the
 * start of the function.
 */
export function onFirstEvent<Event extends unknown[], Result>(
  create: () => (...event: Event) => Promise<Result>,
): (...event: Event) => Promise<Result> {
  let handler: ReturnType<typeof create> | undefined;
  return async (...event) => {
    handler ??= create();
    return handler(...event);
  };
}
