/**
 * Takes the place of `@smithy/core/event-streams` in the bundles: no operation that is used here has an event
 * stream, and the SDK's dynamic import of the real one keeps a bundler from merging its modules into one scope.
 */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export const eventStreamSerdeProvider = (): never => {
  throw new Error('event streams are not in this bundle');
};

export const EventStreamSerde = eventStreamSerdeProvider;
