/**
 * How AWS behaves and what it costs in the benchmark. Every number has its source or is marked as assumed. Prices are those
 * of us-east-1, without free tiers. Quotas are not taken from the handlers: the model throttles a handler that exceeds them.
 */
export const model = {
  /** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
  listAccounts: { page: 20, perSecond: 8, burst: 12 },

  /** The same page. */
  listTagsForResource: { perSecond: 10, burst: 15 },
  /** The same page. */
  listUnitsForParent: { page: 20, perSecond: 5, burst: 8 },
  /** https://docs.aws.amazon.com/tag-editor/latest/userguide/reference.html; assumed: the burst is no larger. */
  getResources: { page: 100, perSecond: 15, burst: 15 },
  /** Organizational units, all below the root. Assumed; an organization can have 2,000. */
  units: 300,

  /**
   * Calls of an account in a Region; a cross-account AssumeRole counts only for the caller
   * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). Assumed: the burst is no larger.
   */
  sts: { perSecond: 600, burst: 600 },

  /** Child executions of a Distributed Map, of type Standard (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
  childStartsPerSecond: 100,

  stepFunctions: {
    /** Events in the history of an execution, and bytes of a payload: hard limits of the same page. */
    maxHistoryEvents: 25_000,
    maxPayloadBytes: 256 * 1024,
    /** https://aws.amazon.com/step-functions/pricing/; a child execution of a Distributed Map costs one transition. */
    usdPerTransition: 0.025 / 1_000,
    /** What `lambda:invoke` adds to the result of a function, such as HTTP headers. Assumed. */
    invocationEnvelopeBytes: 1_024,
  },

  lambda: {
    /** Concurrent executions of an account in a Region (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
    concurrency: 1_000,
    /** Longest timeout of a function, s; same page. */
    maxTimeoutSeconds: 900,
    /** Memory that comes with one vCPU; same page. */
    mbPerCpu: 1_769,
    /** Node.js with bundled clients (https://speedrun.nobackspacecrew.com/blog/2025/07/21/the-fastest-node-22-lambda-coldstart-configuration.html). */
    coldStartMs: 375,
    /** Overhead of an invocation by a state. Assumed. */
    invocationMs: 50,
    /** arm64 (https://cloudchipr.com/blog/aws-lambda-pricing). */
    usdPerGbSecond: 0.000_013_333_4,
    usdPerInvocation: 0.2 / 1e6,
  },

  /** https://aws.amazon.com/s3/pricing/ */
  s3: { usdPerPut: 0.005 / 1_000, usdPerGet: 0.000_4 / 1_000 },

  /**
   * Management events of CloudTrail for a call: AssumeRole is logged in the account of the caller and in that of the role
   * (https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html). Refused calls are logged too. Calls for
   * objects of S3, to Lambda and to SNS are data events, which a trail logs only if it is told to.
   */
  managementEvents: {
    AssumeRole: 2,
    GenerateCredentialReport: 1,
    GetCredentialReport: 1,
    ListAccounts: 1,
    ListTagsForResource: 1,
    ListOrganizationalUnitsForParent: 1,
    GetResources: 1,
    DescribeExecution: 1,
    ListOrganizationsFeatures: 1,
    PutObject: 0,
    CopyObject: 0,
    GetObject: 0,
    ListObjectsV2: 0,
    Invoke: 0,
    Publish: 0,
    PutEvents: 0,
  },

  cloudTrail: {
    /** Each copy of management events after the first (https://aws.amazon.com/cloudtrail/pricing/). */
    usdPerManagementEvent: 2 / 100_000,
    /** The same page. */
    usdPerDataEvent: 0.1 / 100_000,
  },

  /** https://aws.amazon.com/guardduty/pricing/, the first tier of each. */
  guardDuty: { usdPerManagementEvent: 4 / 1e6, usdPerDataEvent: 0.8 / 1e6 },

  logs: {
    /** Ingestion (https://aws.amazon.com/cloudwatch/pricing/). */
    usdPerGib: 0.5,
    /** What Lambda's runtime for Node.js writes before a line of `console.log`: time, request ID and level. */
    lineBytes: 67,
    /** The lines START, END and REPORT of an invocation. Assumed: those of a warm start. */
    invocationBytes: 330,
  },

  /** Mean latency, ms; a single call takes half to one and a half of it. Assumed. */
  latencyMs: {
    ListAccounts: 100,
    ListTagsForResource: 100,
    ListOrganizationalUnitsForParent: 100,
    GetResources: 200,
    AssumeRole: 60,
    GenerateCredentialReport: 150,
    GetCredentialReport: 150,
    PutObject: 40,
    CopyObject: 60,
    GetObject: 30,
    ListObjectsV2: 50,
    Invoke: 50,
    Publish: 50,
    PutEvents: 50,
    DescribeExecution: 50,
    ListOrganizationsFeatures: 150,
  },

  /**
   * CPU time on one vCPU, ms. What takes it is in `modeled-aws/charges.ts`. Measured with Node.js 24 on an Intel Xeon of 2026,
   * over the real functions, once after the start of a process, as each invocation does it. Assumed: a vCPU of Lambda is as fast.
   * What `summarize-run` takes is that of its main thread, because V8 compiles and collects garbage on its second vCPU.
   *
   * Nothing else takes time worth a charge: a log line takes 0.002, and there are two for an account; metrics
   * are 14 log lines a run; runs are not signed, or by one call; the rule and the schedule run outside of the functions.
   */
  cpuMs: {
    /**
     * A call with its signature, its checksum and its response, such as a report of 10 users. Assumed: twice the 0.75 to 0.8 that
     * `npm run bench:handlers` measures over TLS, because its connections are on one machine and stay open.
     */
    perCall: 1.5,
    /**
     * The review of a report of {@link usersPerAccount} users, wherever it is made: parsing it takes 0.05, checking it the rest. This
     * is what one process takes for reviewing and joining, without calls, lists, JSON and text, less {@link perJoin}.
     */
    perReview: 0.35,
    /**
     * Joining a review: checking its hash, parsing it, its exemptions, its share of what is counted. The main thread of
     * `npm run bench:summary -- --memory 3008 small-accounts` takes 0.12 to 0.13 an account. What remains of it without the calls,
     * lists, JSON and text that are charged below, 0.05, is half this and half {@link perMibOfTables}, of which an account has 4.3 KiB.
     */
    perJoin: 0.025,
    /** A MiB of the lines of tables and of the snapshot: making them, besides {@link perMibOfText}. */
    perMibOfTables: 6,
    /** A MiB of the data of the page before they are compressed. */
    perMibOfPageData: 45,
    /**
     * A MiB of findings in the format of OCSF, which the function makes of the table: 100,000 findings of 2,000 bytes each take 1,200 to
     * 1,400 in all.
     */
    perMibOfOcsf: 6.5,
    /** An object in a list. Measured by the S3 client with a list of 1,000: 15.7, of which it takes 0.8 without any. */
    perListedObject: 0.015,
    /**
     * A MiB of JSON. Reading the manifest of 50,000 accounts takes 3 for receiving it, 1 for its hash, 5 for JSON and 19 for
     * validation, and outcomes 3, 1, 2 and 10. Writing them takes 2 to 9 for JSON, 1 for the hash and 3 for sending.
     */
    perMibOfJson: { read: 20, written: 10 },
    /** A MiB that is only hashed, 1, and sent, 3 with the checksum and hash of the S3 client and TLS; receiving it takes 3. */
    perMibOfText: 4,
    /** A MiB of reports that is checked for being complete. */
    perMibOfReports: 5,
  },

  /** IAM users per account, which decide the size of a report. Assumed. */
  usersPerAccount: 5,

  /**
   * Seconds from the request until the report is ready: log-normal. There is one published measurement, of a small
   * account: 2 s (https://github.com/radkawar/stackd/blob/main/testdata/aws/iam/credential_report.json). AWS documents
   * nothing about large accounts. Assumed: half of the accounts take at most 2.5 s, one in a hundred more than 20 s, and the
   * slowest of 50,000 more than a minute and a half.
   */
  report: { medianSeconds: 2.5, sigma: 0.9 },
} as const;

/** Stands for the account that runs the collection. */
export const COLLECTING_ACCOUNT = '100000000000';

/** Stands for the management account where a delegated administrator collects. */
export const OTHER_ACCOUNT = '999999999999';

export type Call = keyof typeof model.latencyMs;
