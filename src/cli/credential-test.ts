import { type TestResult, testCredentials } from '../app/keeping/test-credentials.ts';
import { loadManifest } from '../app/manifest.ts';
import { exitCodeOf } from '../core/check/verdict.ts';
import { Failure } from '../core/failure.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import { checkJson } from '../report/check/json.ts';
import { anyManifest, testedResult, testText, withKeeping } from './keeping.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const manifest = await loadManifest(anyManifest(args, shell), { ...shell, job: shell.ci.job });
  const names = args.positionals.length === 0 ? null : known(args.positionals, manifest);
  const test: TestResult = await withKeeping(shell, (context) =>
    testCredentials({ manifest, names, env: {} }, context),
  );
  const result = testedResult(test, shell.now());
  shell.print(args.on('json') ? `${JSON.stringify(checkJson(result))}\n` : testText(test, shell));
  return exitCodeOf(result.status, 'failing');
};

function known(names: readonly string[], { credentials }: Manifest): readonly string[] {
  const all = credentials.map(({ name }) => name);
  if (names.every((name) => all.includes(name))) return names;
  throw new Failure('usage', 'The manifest has no credential of that name.', {
    hint: `It has ${all.join(', ') || 'none'}.`,
  });
}
