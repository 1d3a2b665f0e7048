import { listCredentials } from '../app/keeping/list-credentials.ts';
import { loadManifest } from '../app/manifest.ts';
import { listJson, listTable } from '../report/credential-list.ts';
import { anyManifest } from './keeping.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const manifest = await loadManifest(anyManifest(args, shell), { ...shell, job: shell.ci.job });
  const listed = listCredentials(manifest, { now: shell.now(), environment: args.one('environment') });
  shell.print(
    args.on('json') ? `${JSON.stringify(listJson(listed))}\n` : listTable(listed, shell.now(), shell.columns),
  );
  return 0;
};
