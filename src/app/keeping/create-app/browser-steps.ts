import { randomBytes } from 'node:crypto';
import { Failure } from '../../../core/failure.ts';
import type { CreatedApp } from '../../../providers/github-app/created-app.ts';
import { type AppStep, appPage } from '../../../report/app/app-page.ts';
import { type PageAnswer, type PageRequest, serveOnLoopback } from '../../../system/loopback-page.ts';
import { newState, type State } from './state.ts';

export interface StepsRequest {
  /** Origin of the GitHub that makes the App. */
  readonly server: string;
  /** The form for GitHub, once it is known where it sends the browser back to. */
  readonly form: (redirectUrl: string, state: string) => Extract<AppStep, { step: 'create' }>;
  /** Fetches the App for the code that came back. */
  readonly exchange: (code: string) => Promise<CreatedApp>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** How long the person has, in milliseconds. */
  readonly lifeMs: number;
  /** Milliseconds that the browser gets to fetch the last step. */
  readonly lastLookMs: number;
}

/** The page in the person's browser, and what comes of it. */
export interface BrowserSteps {
  readonly url: string;
  /** Rejects with Failure `interrupted` when the person stops, or lets ten minutes pass. */
  readonly created: Promise<CreatedApp>;
  /** Shows another step from now on. */
  readonly show: (step: AppStep) => void;
  /** The installation that the person chooses on the page. */
  readonly chosen: Promise<number>;
  /** Ends the page, once the browser has seen the last step or some seconds have passed. */
  readonly close: () => Promise<void>;
}

export async function openSteps(request: StepsRequest): Promise<BrowserSteps> {
  const { server, now, signal } = request;
  const state = newState(now, request.lifeMs);
  const created = deferred<CreatedApp>();
  const chosen = deferred<number>();
  const seen = deferred<void>();
  let step: AppStep;
  const key = randomBytes(16).toString('hex');
  const page = await serveOnLoopback(key, async (asked) => {
    if (asked.path === 'created') return back(asked, { state, request, settle: created, show });
    if (asked.path === 'installation' && asked.method === 'POST') {
      const id = Number(asked.form.get('id'));
      if (step.step === 'choose' && step.installations.some((one) => one.id === id)) chosen.resolve(id);
      return { to: '' };
    }
    if (asked.path !== '') return { ...appPage(notHere, server), status: 404 };
    if (step.step === 'done' || step.step === 'failed') seen.resolve();
    return appPage(step, server);
  });
  step = request.form(`${page.url}created`, state.text);
  function show(next: AppStep): void {
    step = next;
  }
  // Once the code is being exchanged, the keys are fetched and kept, whoever says stop.
  const timer = setTimeout(() => state.isTaken() || created.reject(tooLate()), request.lifeMs);
  const stop = () => state.isTaken() || created.reject(cancelled());
  signal.addEventListener('abort', stop, { once: true });
  return {
    url: page.url,
    created: created.promise,
    show,
    chosen: chosen.promise,
    close: async () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      const isLast = step.step === 'done' || step.step === 'failed';
      if (isLast && !signal.aborted) await Promise.race([seen.promise, pause(request.lastLookMs)]);
      await page.close();
    },
  };
}

interface Back {
  readonly state: State;
  readonly request: StepsRequest;
  readonly settle: Deferred<CreatedApp>;
  readonly show: (step: AppStep) => void;
}

/** What GitHub sent the browser back with. Another's state changes nothing; a code is taken once. */
async function back(asked: PageRequest, { state, request, settle, show }: Back): Promise<PageAnswer> {
  const code = asked.query.get('code') ?? '';
  if (code === '' || !state.take(asked.query.get('state') ?? '')) {
    return { ...appPage(notOurs, request.server), status: 400 };
  }
  try {
    const app = await request.exchange(code);
    show({ step: 'install', name: app.name, link: `${app.page}/installations/new`, owner: app.owner });
    settle.resolve(app);
  } catch (error) {
    const { message, hint } = error instanceof Failure ? error : unexpected;
    show({ step: 'failed', message, hint });
    settle.reject(error);
  }
  // Without the code in the address: a reload must not send it again.
  return { to: '' };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits is told; nobody may be waiting yet.
  promise.catch(() => {});
  return { promise, resolve, reject };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const notOurs: AppStep = {
  step: 'failed',
  message: 'This answer does not belong to the request that was made here, or came too late.',
  hint: 'Go back to the page that the terminal names, and start again from there.',
};
const notHere: AppStep = {
  step: 'failed',
  message: 'There is no such page.',
  hint: 'Open the address that the terminal names.',
};
const unexpected = { message: 'Something unexpected went wrong.', hint: 'Run it again.' };

const leftover = 'If GitHub shows the new App all the same, delete it there: nobody has its keys.';

function cancelled(): Failure {
  return new Failure('interrupted', 'Cancelled: nothing was created here, and nothing was written.', {
    hint: leftover,
  });
}

function tooLate(): Failure {
  return new Failure('interrupted', 'Time has passed: nothing was created here, and nothing was written.', {
    hint: `Run it again. ${leftover}`,
  });
}
