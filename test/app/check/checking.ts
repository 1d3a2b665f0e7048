import type { CheckRequest } from '../../../src/app/check/request.ts';
import { check } from '../../../src/app/check.ts';
import type { JobContext } from '../../../src/app/job-context.ts';
import type { Job } from '../../../src/ci/job.ts';
import { readJob } from '../../../src/ci/read-job.ts';
import type { CheckResult } from '../../../src/core/check/result.ts';
import type { Fetch } from '../../../src/core/http/fetch.ts';
import type { Manifest } from '../../../src/core/manifest/manifest.ts';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { createHttp } from '../../../src/system/http.ts';
import type { Limits } from '../../../src/system/http-pool.ts';

const day = 86_400_000;

/** Shorter than for people, longer than git needs on a busy machine. */
const limits: Limits = { idleMs: 2000, totalMs: 8000, bodyBytes: 2 * 1024 * 1024 };

export interface CheckOptions extends Partial<Omit<CheckRequest, 'manifest'>> {
  readonly env?: Readonly<Record<string, string>>;
  /** In place of the network; the machine's own by default. */
  readonly fetch?: Fetch;
  readonly now?: () => Date;
  readonly job?: Partial<Job>;
  readonly signal?: AbortSignal;
}

/** A manifest as a person writes it, checked as the doors do, with what was said on the way. */
export async function checkManifest(
  yaml: string,
  options: CheckOptions = {},
): Promise<CheckResult & { said: string }> {
  const { env = {}, fetch, now = () => new Date(), job = {}, signal, ...request } = options;
  const http = createHttp({ env: {}, limits });
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const context: JobContext = {
    env,
    now,
    cwd: import.meta.dirname,
    job: { ...readJob({}, () => null), ...job },
    voice: { mask: () => {}, info: say, notice: say, warning: say, section: () => () => {} },
    http: fetch === undefined ? http : { ...http, fetch },
    signal: signal ?? new AbortController().signal,
    self: { pid: process.pid, user: null, execPath: process.execPath, execArgv: [], script: '' },
  };
  try {
    const result = await check(
      {
        manifest: manifestOf(yaml),
        repositories: null,
        registries: null,
        credentials: null,
        environment: null,
        warnWithin: 14 * day,
        listsRevisions: false,
        progress: () => {},
        ...request,
      },
      context,
    );
    return { ...result, said: said.join('\n') };
  } finally {
    http.close();
  }
}

export function manifestOf(yaml: string): Manifest {
  const { manifest, problems } = readManifests(
    [{ name: 'test', text: yaml, trust: 'trusted' }],
    gitProviders,
  );
  if (manifest === null)
    throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
  return manifest;
}
