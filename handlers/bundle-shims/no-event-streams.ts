/**
 * Replaces `@smithy/core/event-streams` in the bundles. No operation that is used here has an event stream, and the SDK's
 * dynamic import of the real module would keep the bundler from merging all modules into one scope.
 */
export const resolveEventStreamSerdeConfig = <Config>(config: Config): Config => config;

export const eventStreamSerdeProvider = (): never => {
  throw new Error('event streams are not part of this bundle');
};

export const EventStreamSerde = eventStreamSerdeProvider;
