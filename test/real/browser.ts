import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A page in headless Chromium, driven by its own protocol: https://chromedevtools.github.io/devtools-protocol/ */
export interface Page extends AsyncDisposable {
  readonly open: (url: string) => Promise<void>;
  /** Runs an expression in the page and gives its value. */
  readonly evaluate: <T>(expression: string) => Promise<T>;
  /** Presses a key, as a person does. */
  readonly press: (key: 'Tab' | 'Enter' | 'Space') => Promise<void>;
  readonly prefer: (scheme: 'light' | 'dark') => Promise<void>;
  /** From now on pages run no scripts of their own. */
  readonly withoutScripts: () => Promise<void>;
  /** What a screen reader is told: role and name of everything that has both. */
  readonly announced: () => Promise<readonly string[]>;
  /** A PNG. */
  readonly screenshot: () => Promise<Buffer>;
  /** Errors, warnings and refusals that the page caused so far. */
  readonly complaints: readonly string[];
  /** Addresses that it asked for. */
  readonly requested: string[];
}

type Values = Record<string, unknown>;

export async function openPage(size = { width: 1280, height: 900 }): Promise<Page> {
  const folder = await mkdtemp(join(tmpdir(), 'browser-'));
  const child = start(folder);
  const complaints: string[] = [];
  const requested: string[] = [];
  const waiting = new Map<number, { done: (value: Values) => void; fail: (error: Error) => void }>();
  const listeners = new Map<string, () => void>();
  let session = {};
  let id = 0;
  listen(child, (message) => {
    const { id: answered, result, error, method, params } = message as Values & { params?: Values };
    if (typeof answered === 'number') {
      const one = waiting.get(answered);
      if (error) one?.fail(new Error(JSON.stringify(error)));
      else one?.done(result as Values);
    }
    if (method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown')
      complaints.push(JSON.stringify(params));
    const { url } = (params?.request ?? {}) as { url?: string };
    if (method === 'Network.requestWillBeSent' && url !== undefined) requested.push(url);
    listeners.get(String(method))?.();
  });
  const send = (method: string, params: Values = {}): Promise<Values> => {
    id += 1;
    (child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, ...session })}\0`);
    return new Promise((done, fail) => waiting.set(id, { done, fail }));
  };
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  session = { sessionId };
  for (const domain of ['Page', 'Runtime', 'Log', 'Network', 'Accessibility']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: 1, mobile: false });
  return {
    complaints,
    requested,
    open: async (url) => {
      const loaded = new Promise<void>((resolve) => listeners.set('Page.loadEventFired', resolve));
      await send('Page.navigate', { url });
      await loaded;
    },
    evaluate: async <T>(expression: string) => {
      const { result } = await send('Runtime.evaluate', { expression, returnByValue: true });
      return (result as { value: T }).value;
    },
    press: async (key) => {
      const code = { Tab: 9, Enter: 13, Space: 32 }[key];
      const text = { Tab: '', Enter: '\r', Space: ' ' }[key];
      const event = { key: key === 'Space' ? ' ' : key, code: key, windowsVirtualKeyCode: code, text };
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    prefer: async (scheme) =>
      void (await send('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value: scheme }],
      })),
    withoutScripts: async () => void (await send('Emulation.setScriptExecutionDisabled', { value: true })),
    announced: async () => {
      const { nodes } = (await send('Accessibility.getFullAXTree')) as { nodes: AccessibleNode[] };
      return nodes
        .filter(({ ignored, name }) => !ignored && name?.value)
        .map(({ role, name, properties = [] }) => {
          const sort = properties.find((one) => one.name === 'roledescription')?.value?.value ?? '';
          return `${role?.value} ${name?.value}${sort}`;
        });
    },
    screenshot: async () => {
      const { data } = await send('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(String(data), 'base64');
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await closed;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface AccessibleNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly properties?: readonly { readonly name: string; readonly value?: { readonly value: string } }[];
}

function start(profile: string): ChildProcess {
  const names = ['chromium', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const program = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
  if (program === undefined) throw new Error('no Chromium here: scripts/install-real-parts.sh installs it');
  // Without a sandbox, since containers do not let it make one; the pages are our own.
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--hide-scrollbars'];
  return spawn(program, [...flags, '--remote-debugging-pipe', `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: profile },
  });
}

/** Messages are JSON, each ended by a zero byte. */
function listen(child: ChildProcess, heard: (message: unknown) => void): void {
  let rest = '';
  (child.stdio[4] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) heard(JSON.parse(part));
  });
}
