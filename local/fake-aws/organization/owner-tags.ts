const TEAMS = ['payments', 'platform', 'data', 'web'] as const;

/** Every fifth account has no owner. */
const WITHOUT_OWNER = 5;

/** The tags of the accounts of a local run, for environments that read owners from the tag `Owner`. */
export const ownerTags = (index: number): Record<string, string> =>
  index % WITHOUT_OWNER === WITHOUT_OWNER - 1 ? {} : { Owner: TEAMS[index % TEAMS.length] ?? '' };
