import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedRequest } from '../../../../src/demo/traffic.ts';
import type { Flow, Scene } from './flow.ts';
import { runChild } from './run-child.ts';

/** Something that a flow does, in order: it asks a host, or changes a file. */
export type Event =
  | { readonly kind: 'request'; readonly label: string; readonly nth: number }
  | { readonly kind: 'change'; readonly label: string; readonly nth: number };

/** Runs a flow to its end, and tells all that it did. */
export async function eventsOf(flow: Flow): Promise<readonly Event[]> {
  await using scene = await flow.open();
  const log = join(scene.folder.path, 'events.log');
  for (const traffic of scene.traffic) {
    traffic.fail((request) => {
      appendFileSync(log, `request ${labelOf(request)}\n`);
      return false;
    }, 'reset');
  }
  const { code, stdout } = await runChild(await scene.task(), { CHANGES_LOG: log }).ended;
  if (code !== 0) throw new Error(`it does not come through undisturbed: ${stdout}`);
  const seen = new Map<string, number>();
  let changes = 0;
  return lines(log).map((line) => {
    const [kind, ...words] = line.split(' ');
    if (kind === 'change') {
      changes += 1;
      return { kind, label: fileLabel(words[1] ?? ''), nth: changes };
    }
    const label = words.join(' ');
    seen.set(label, (seen.get(label) ?? 0) + 1);
    return { kind: 'request', label, nth: seen.get(label) ?? 1 };
  });
}

function lines(path: string): readonly string[] {
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}

/** `GET /projects/acme%2Fpipeline`, without what is before and behind it. */
export function labelOf({ method, path }: Pick<LoggedRequest, 'method' | 'path'>): string {
  return `${method} ${path.replace(/^\/(?:api\/v[34]|2\.0)(?=\/)/, '').replace(/\?.*/, '')}`;
}

/**
 * `rotate lab.json` for `rotate-127.0.0.1_41234-acme-pipeline-lab.json.0123456789ab.new`; a folder on the way to
 * the program's own for that, `.` for the test's.
 */
function fileLabel(name: string): string {
  return name
    .replace(/(?:\.[0-9a-f]{12})?(?:\.new)?$/, '')
    .replace(/^(rotate|guided)-.*-/, '$1 ')
    .replace(/^(?:\.local|state)$/, 'pipeline-credentials')
    .replace(/^keeping-\w{6}$/, '.');
}

/** When a process is stopped: before a change of a file; before a request has an effect, or when it had it and no answer came. */
export type Moment =
  | { readonly event: Event; readonly at: 'before' }
  | { readonly event: Event & { readonly kind: 'request' }; readonly at: 'during' };

export function momentsOf(events: readonly Event[]): readonly Moment[] {
  return events.flatMap((event): Moment[] =>
    event.kind === 'request'
      ? [
          { event, at: 'before' },
          { event, at: 'during' },
        ]
      : [{ event, at: 'before' }],
  );
}

/** Kills a flow outright at a moment. @throws Error when it did not come to that. */
export async function killAt({ event, at }: Moment, scene: Scene): Promise<void> {
  const how = event.kind === 'change' ? { KILLED_AT: `${event.nth}` } : {};
  const child = runChild(await scene.task(), how);
  if (event.kind === 'request') {
    let seen = 0;
    for (const traffic of scene.traffic) {
      traffic.fail(
        (request) => {
          if (labelOf(request) !== event.label || ++seen !== event.nth) return false;
          child.kill();
          return true;
        },
        at === 'before' ? 'hang' : 'lose',
      );
    }
  }
  const { signal, stdout } = await child.ended;
  for (const traffic of scene.traffic) traffic.heal();
  if (signal !== 'SIGKILL') throw new Error(`not killed ${at} ${event.label} (${event.nth}): ${stdout}`);
}

/** Does many things, a few at a time, in order. */
export async function eachOf<In, Out>(
  items: readonly In[],
  act: (item: In) => Promise<Out>,
  atATime = 4,
): Promise<Out[]> {
  const results: Out[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await act(items[index] as In);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
