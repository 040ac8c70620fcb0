/** Regions and partitions, from the data of the AWS SDK: a Region that AWS adds needs an update of the SDK, not of this file. */
import { partition } from '@aws-sdk/core/client';
import { defaultRegions } from './default-regions';

export interface Partition {
  /** As in ARNs, such as `aws` or `aws-cn`. */
  readonly name: string;
  /** Ends the host names of services, such as `amazonaws.com`. */
  readonly dnsSuffix: string;
}

/** The partition of a Region. */
export function partitionOf(region: string): Partition {
  const { name, dnsSuffix } = partition(region);
  return { name, dnsSuffix };
}

/**
 * The Region itself if every account of its partition has it, or else the one where the partition has its global
 * services. Accounts opt in to Regions in the commercial partition only.
 */
export function defaultEnabledRegion(region: string): string {
  // The SDK's endpoint rules use the field; its type leaves it out.
  const { name, implicitGlobalRegion } = partition(region) as ReturnType<typeof partition> & {
    implicitGlobalRegion: string;
  };
  return name !== COMMERCIAL || defaultRegions.has(region) ? region : implicitGlobalRegion;
}

/** What the SDK knows about the name of a Region. */
export type RegionKnowledge =
  /** It lists the Region. */
  | 'listed'
  /** It does not list the Region, but the name fits a partition: the Region may be newer than the SDK. */
  | 'possible'
  /** No partition has a Region with such a name. */
  | 'impossible';

export function knowledgeOfRegion(region: string): RegionKnowledge {
  // The SDK lists `aws-global` and its like too.
  if (!REGION_NAME.test(region)) return 'impossible';
  if (isListed(region)) return 'listed';
  return partitionOf(region).name !== COMMERCIAL || hasListedNeighbor(region) ? 'possible' : 'impossible';
}

/** An area, one or more words, and a number. */
export const REGION_NAME = /^[a-z]+(-[a-z]+)+-\d+$/;

/** For a name that fits no partition, the SDK answers with the commercial one. */
const COMMERCIAL = partitionOf('').name;

/** Only a Region that is listed has a description. */
const isListed = (region: string) => 'description' in partition(region);

const directions = [
  'north',
  'northeast',
  'east',
  'southeast',
  'south',
  'southwest',
  'west',
  'northwest',
  'central',
];
const ordinals = [1, 2, 3];

/** Whether the commercial partition has a Region in the same part of the world, such as `eu` or `ap`. */
function hasListedNeighbor(region: string): boolean {
  const [area = '', , last = ''] = region.split('-');
  return (
    /^\d+$/.test(last) &&
    directions.some((direction) =>
      ordinals.some((ordinal) => {
        const neighbor = `${area}-${direction}-${ordinal}`;
        return isListed(neighbor) && partitionOf(neighbor).name === COMMERCIAL;
      }),
    )
  );
}
