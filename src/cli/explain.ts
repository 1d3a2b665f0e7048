import { exitCodeOf, explainTargets } from '../app/explain.ts';
import { Failure } from '../core/failure.ts';
import { isFault } from '../core/fault.ts';
import type { Manifest, TargetRequest } from '../core/manifest/manifest.ts';
import { guessKind } from '../core/target/guess-kind.ts';
import { compileHosts } from '../core/target/hosts.ts';
import { knownRegistries } from '../core/target/known-registries.ts';
import { parseTargetLine } from '../core/target/parse-target.ts';
import { printableAddress } from '../core/target/printable-address.ts';
import { gitProviders } from '../providers/index.ts';
import { explainJson } from '../report/explain-json.ts';
import { explainTable } from '../report/explain-table.ts';
import type { Arguments } from './arguments.ts';
import { readManifest } from './job.ts';
import type { RunVerb } from './verb.ts';

export const run: RunVerb = async (args, shell) => {
  const manifest = await readManifest(args, shell);
  const requests = args.positionals.length === 0 ? manifest.targets : askedTargets(args, manifest);
  const names = args.lines('credentials');
  const credentials = manifest.credentials.filter(({ name }) => names === null || names.includes(name));
  const circumstances = { now: shell.now(), environment: args.one('environment') };
  const explained = explainTargets({ ...manifest, credentials }, requests, circumstances);
  shell.print(
    args.on('json') ? `${JSON.stringify(explainJson(explained))}\n` : explainTable(explained, shell.columns),
  );
  return exitCodeOf(explained);
};

/**
 * The targets named after a verb; a bare host or path says by its look what it is.
 * @throws Failure `usage` for one that could be both.
 */
export function askedTargets(args: Arguments, manifest: Manifest): readonly TargetRequest[] {
  const hosts = compileHosts(manifest.credentials, gitProviders);
  const isRegistry = knownRegistries(manifest);
  return args.positionals.map((text) => {
    if (args.on('repository')) return parseTargetLine(text, 'repository');
    if (args.on('registry')) return parseTargetLine(text, 'registry');
    const kind = guessKind(text, hosts, isRegistry);
    if (!isFault(kind)) return parseTargetLine(text, kind);
    throw new Failure('usage', `${printableAddress(text)}: ${kind.message}`, { hint: kind.hint });
  });
}
