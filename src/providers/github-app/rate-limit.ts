import { Failure } from '../../core/failure.ts';
import { changed, type Fetch, type FetchResponse } from '../../core/http/fetch.ts';
import type { Effects } from './effects.ts';

/** The longest that we wait for a limit to pass, in milliseconds, all pauses of a request together. */
const longest = 60_000;

/**
 * Waits where GitHub asks for it, up to a minute, and then tries again.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * @throws Failure `mint-failed` saying until when the limit holds, where that is longer.
 */
export function obeyingLimits(send: Fetch, { sleep, now, warn }: Omit<Effects, 'fetch'>): Fetch {
  return async (url, init) => {
    for (let waited = 0; ; ) {
      const answer = await readRefusals(await send(url, init));
      const pause = await pauseOf(answer, now());
      if (pause === null) return answer;
      waited += pause;
      const { host } = new URL(url);
      if (waited > longest) throw limited(host, new Date(now().getTime() + pause));
      warn(
        `${host} limits how often it may be asked; waiting ${Math.ceil(pause / 1000)} seconds as it says.`,
      );
      await sleep(pause);
    }
  };
}

/** A body of Node's own fetch can be read only once. */
async function readRefusals(answer: FetchResponse): Promise<FetchResponse> {
  return answer.status === 403 ? changed(answer, { body: await answer.text() }) : answer;
}

/** Milliseconds to wait, at least one second; null when the answer is no limit. */
async function pauseOf(answer: FetchResponse, now: Date): Promise<number | null> {
  if (answer.status !== 403 && answer.status !== 429) return null;
  const header = (name: string): number => Number(answer.headers.get(name) ?? Number.NaN);
  const after = header('retry-after');
  if (after >= 0) return Math.max(1, after) * 1000;
  if (header('x-ratelimit-remaining') === 0) {
    const theirs = Date.parse(answer.headers.get('date') ?? '') || now.getTime();
    return Math.max(1000, header('x-ratelimit-reset') * 1000 - theirs) || longest;
  }
  const isSecondary =
    answer.status === 429 || /secondary[- ]rate[- ]limit|abuse-rate/i.test(await answer.text());
  return isSecondary ? longest : null;
}

function limited(host: string, until: Date): Failure {
  const time = until.toISOString().replace(/\.\d+Z$/, 'Z');
  return new Failure('mint-failed', `${host} limits how often it may be asked, until ${time}.`, {
    hint: 'Run the job again after that; fewer jobs at one time, or fewer owners in one job, ask less.',
  });
}
