import { courteous } from '../../core/http/courtesy.ts';
import type { Fetch } from '../../core/http/fetch.ts';
import { retrying } from '../../core/http/retry.ts';
import { type Limiter, limiter } from '../../core/limiter.ts';
import { maskForms } from '../../core/mask-forms.ts';
import { prose } from '../../core/prose.ts';
import { Secret } from '../../core/secret.ts';
import { waitingOf } from '../effects.ts';
import type { JobContext } from '../job-context.ts';
import { stoppable } from '../stoppable.ts';

/** What the parts of one check share. */
export interface Run {
  readonly context: JobContext;
  /** Polite, and tries again where a server stumbles. */
  readonly fetch: Fetch;
  /** Polite, for code that tries again by itself. */
  readonly fetchOnce: Fetch;
  readonly hostNow: (host: string) => Date;
  /** Others' words, fit to print: without any secret that this run knows. */
  readonly quote: (text: string) => string;
  /** Remembers a secret, and hides it in the log, in all its forms. */
  readonly know: (secret: Secret, username?: string) => void;
  readonly secrets: ReadonlySet<string>;
  /** Lets a few programs run at a time. */
  readonly inTurn: Limiter;
}

/** Requests under way to one host: hosts ban machines that knock too hard. */
const perHost = 6;

/** git and ssh at a time. */
const programs = 4;

/** What asks for a longer pause is left alone, in milliseconds. */
const longestPauseMs = 60_000;

export function startRun(context: JobContext, mask: (secret: Secret, username?: string) => void): Run {
  const { now } = context;
  const waiting = waitingOf(context);
  const secrets = new Set<string>();
  const know: Run['know'] = (secret, username) => {
    for (const form of maskForms(secret, username)) secrets.add(form);
    mask(secret, username);
  };
  const send = learning(stoppable(context), (sent) => secrets.has(sent) || know(new Secret(sent)));
  const courtesy = courteous(send, {
    perHost,
    longestPauseMs,
    now,
    sleep: waiting.sleep,
    pausing: (host, ms) =>
      context.voice.info(`${host} asks for a pause of ${Math.ceil(ms / 1000)} seconds; waiting.`),
  });
  return {
    context,
    fetch: retrying(courtesy.fetch, waiting),
    fetchOnce: courtesy.fetch,
    hostNow: courtesy.hostNow,
    quote: (text) => prose(text, secrets),
    know,
    secrets,
    inTurn: limiter(programs),
  };
}

/** Notes what is sent to sign in, such as `user:secret` in base64: a host must not get it printed by sending it back. */
function learning(send: Fetch, note: (sent: string) => void): Fetch {
  return (url, init) => {
    const [, sent] = /^(?:basic|bearer|token) (\S+)$/i.exec(init?.headers?.authorization ?? '') ?? [];
    if (sent !== undefined) note(sent);
    return send(url, init);
  };
}
