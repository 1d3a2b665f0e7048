import type { JobContext } from '../app/job-context.ts';
import { loadManifest, type ManifestRequest } from '../app/manifest.ts';
import type { ActionRunner } from '../ci/github-action.ts';
import { Failure } from '../core/failure.ts';
import type { Manifest } from '../core/manifest/manifest.ts';

/** What the inputs say of the manifest. */
export function manifestInputs(runner: ActionRunner): ManifestRequest {
  return {
    text: runner.text('manifest') || null,
    files: runner.lines('manifest-file'),
    allowEnv: runner.input('allow-env'),
  };
}

/** Null where a missing manifest is no failure: forks and Dependabot get no secrets. */
export async function manifestOf(
  runner: ActionRunner,
  {
    context,
    without,
  }: { readonly context: JobContext /** What is then not done. */; readonly without: string },
): Promise<Manifest | null> {
  const required = runner.flag('required', true);
  try {
    return await loadManifest(manifestInputs(runner), { ...context, readInput: async () => '' });
  } catch (error) {
    if (required || !(error instanceof Failure) || error.code !== 'manifest-missing') throw error;
    runner.notice(`${error.message} ${without}, since \`required\` is false.`);
    return null;
  }
}
