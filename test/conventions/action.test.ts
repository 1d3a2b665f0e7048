import { registerHooks } from 'node:module';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesBelow, read } from './sources.ts';

interface Step {
  readonly uses?: string;
}
interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Record<
    string,
    { permissions?: unknown; 'timeout-minutes'?: number; uses?: string; steps?: readonly Step[] }
  >;
}

// The language service imports JSON as bundlers allow it; Node asks for the attribute.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { validate } = await import('@actions/languageservice');

const actions = filesBelow('.').filter((path) => /^(?:check\/)?action\.yml$/.test(path));
const workflows = ['.github/workflows', 'templates/github/workflow-templates']
  .flatMap(filesBelow)
  .filter((path) => path.endsWith('.yml'));

describe.each(actions)('%s', (path) => {
  const action = parse(read(path));

  test("is valid by GitHub's own language service", async () => {
    expect(await findings(path)).toEqual([]);
  });

  test('describes every input and output', () => {
    const described = Object.entries<{ description?: string }>({ ...action.inputs, ...action.outputs });
    expect(
      described.filter(([, { description }]) => !description?.endsWith('.')).map(([name]) => name),
    ).toEqual([]);
  });
});

describe.each(workflows)('%s', (path) => {
  const workflow: Workflow = parse(read(path));

  test("is valid by GitHub's own language service", async () => {
    expect(await findings(path)).toEqual([]);
  });

  test('pins every action of others by commit, with its version beside it', () => {
    const uses = read(path).match(/^.*\buses: (?!\.\/|your-org\/pipeline-credentials\/.*@v1$).*$/gm) ?? [];
    expect(uses.filter((line) => !/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test('grants nothing by default, and every job says what it needs and how long it may take', () => {
    expect(workflow.permissions).toEqual({});
    const lax = Object.entries(workflow.jobs).filter(
      ([, job]) => !job.permissions || (job.uses === undefined && !job['timeout-minutes']),
    );
    expect(lax.map(([name]) => name)).toEqual([]);
  });
});

/** What the language service has to say about a workflow or an action, with line numbers from 1. */
async function findings(path: string): Promise<string[]> {
  const text = read(path);
  const document = {
    uri: `file:///${path}`,
    languageId: 'yaml',
    version: 1,
    lineCount: text.split('\n').length,
    getText: () => text,
    positionAt: (offset: number) => {
      const before = text.slice(0, offset).split('\n');
      return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    },
    offsetAt: () => 0,
  } as unknown as Parameters<typeof validate>[0];
  return (await validate(document)).map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}
