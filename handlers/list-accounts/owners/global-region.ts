import { partition } from '@aws-sdk/core/client';

/**
 * The Region where the partition of a Region has its global services, of which AWS Organizations is one
 * (https://docs.aws.amazon.com/general/latest/gr/ao.html).
 */
export function globalRegion(region = ''): string {
  // The SDK's endpoint rules use the field; its type leaves it out.
  return (partition(region) as ReturnType<typeof partition> & { implicitGlobalRegion: string })
    .implicitGlobalRegion;
}
