/**
 * What the benchmark takes AWS to be. Every number has its source; an assumption says that it is one. Prices
 * are those of us-east-1 without free tiers.
 */
export const model = {
  /** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
  listAccounts: { page: 20, perSecond: 8, burst: 12 },

  /**
   * Calls of an account in a Region; a cross-account AssumeRole counts against the caller only
   * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html). Assumed: no more at once.
   */
  sts: { perSecond: 600, burst: 600 },

  /** Standard children of a Distributed Map (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
  childStartsPerSecond: 100,

  stepFunctions: {
    /** Events of an execution's history, and bytes of a payload; hard limits of the same page. */
    maxHistoryEvents: 25_000,
    maxPayloadBytes: 256 * 1024,
    /** https://aws.amazon.com/step-functions/pricing/; a child execution of a Distributed Map is one more. */
    usdPerTransition: 0.025 / 1_000,
    /** What `lambda:invoke` puts around the result of a function, its HTTP headers among it. Assumed. */
    invocationEnvelopeBytes: 1_024,
  },

  lambda: {
    /** Of an account in a Region (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
    concurrency: 1_000,
    /** Longest timeout of a function, s; same page. */
    longestSeconds: 900,
    /** Memory that comes with one vCPU; same page. */
    mbPerCpu: 1_769,
    /** Node.js with bundled clients (https://speedrun.nobackspacecrew.com/blog/2025/07/21/the-fastest-node-22-lambda-coldstart-configuration.html). */
    coldStartMs: 375,
    /** From the state to the function and back. Assumed. */
    invocationMs: 50,
    /** arm64 (https://cloudchipr.com/blog/aws-lambda-pricing). */
    usdPerGbSecond: 0.000_013_333_4,
    usdPerInvocation: 0.2 / 1e6,
  },

  /** https://aws.amazon.com/s3/pricing/ */
  s3: { usdPerPut: 0.005 / 1_000, usdPerGet: 0.000_4 / 1_000 },

  /** Mean time to the answer, ms; a single call takes half to one and a half of it. Assumed. */
  latencyMs: {
    ListAccounts: 100,
    AssumeRole: 60,
    GenerateCredentialReport: 150,
    GetCredentialReport: 150,
    PutObject: 40,
    GetObject: 30,
    ListObjectsV2: 50,
    Invoke: 50,
  },

  /** CPU of a call on one vCPU, ms: `npm run bench:handlers` measures about 1 ms; assumed: half as much again. */
  cpuMsPerCall: 1.5,

  /**
   * CPU on one vCPU that summarize-run takes for a report beside getting it, ms: reading, checks, tables. `npm run
   * bench:summary` measures 0.63 ms for a report of 20 users, getting it with others in one file included. Assumed for
   * one of 5 users: 0.5 ms.
   */
  cpuMsPerReport: 0.5,

  /** IAM users of an account, for the size of its report. Assumed. */
  usersPerAccount: 5,

  /**
   * Seconds from the request until the report is ready: log-normal. One measurement is published, of a small
   * account: 2 s (https://github.com/radkawar/stackd/blob/main/testdata/aws/iam/credential_report.json). AWS
   * documents nothing of large ones. Assumed: half of the accounts take 2.5 s, one in a hundred 20 s, the
   * slowest of 50,000 more than a minute and a half.
   */
  report: { medianSeconds: 2.5, sigma: 0.9 },
} as const;

export type Call = keyof typeof model.latencyMs;
