import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KeepingContext } from '../app/keeping/context.ts';
import type { Keep } from '../app/keeping/kept-secret.ts';
import type { StoreRequest } from '../app/keeping/store-request.ts';
import type { TestResult } from '../app/keeping/test-credentials.ts';
import type { ManifestRequest } from '../app/manifest.ts';
import { refuseSurroundings } from '../app/surroundings.ts';
import type { Voice } from '../ci/voice.ts';
import type { Permissions } from '../core/app-tokens/permissions.ts';
import type { Asker } from '../core/asker.ts';
import { fullView, publicView } from '../core/check/public-view.ts';
import type { CheckResult } from '../core/check/result.ts';
import { overallStatus } from '../core/check/verdict.ts';
import { Failure } from '../core/failure.ts';
import type { Plain } from '../core/manifest/edit/plain.ts';
import { maskForms } from '../core/mask-forms.ts';
import { prose, redacted } from '../core/prose.ts';
import { Secret } from '../core/secret.ts';
import { checkTable } from '../report/check/table.ts';
import type { Arguments } from './arguments.ts';
import { manifestRequest, withContext } from './job.ts';
import { fieldFlags } from './keeping-flags.ts';
import type { Shell } from './verb.ts';

/** Runs a use case that looks after credentials. Whatever it says is without the secrets that it came to know. */
export function withKeeping<T>(shell: Shell, use: (context: KeepingContext) => Promise<T>): Promise<T> {
  return withContext(shell, async (context) => {
    refuseSurroundings(context);
    const { readInput, print, terminal } = shell;
    const forms = new Set<string>();
    const hide = (text: string) => redacted(text, forms);
    const ask = terminal === null ? null : await askerAt(terminal, context.signal);
    const know = (secret: Secret) => {
      const all = maskForms(secret);
      for (const form of all) forms.add(form);
      context.voice.mask(all.map((form) => new Secret(form)));
    };
    const quote = (text: string) => prose(text, forms);
    const voice = hidingVoice(context.voice, hide);
    return use({ ...context, voice, readInput, print, ask, know, quote }).catch((error: unknown) => {
      throw error instanceof Failure ? hidden(error, hide) : error;
    });
  });
}

async function askerAt(terminal: NonNullable<Shell['terminal']>, signal: AbortSignal): Promise<Asker> {
  const { terminalAsker } = await import('../system/terminal-asker.ts');
  return terminalAsker({ ...terminal, signal });
}

function hidingVoice(voice: Voice, hide: (text: string) => string): Voice {
  return {
    ...voice,
    info: (message) => voice.info(hide(message)),
    notice: (message) => voice.notice(hide(message)),
    warning: (message) => voice.warning(hide(message)),
  };
}

function hidden(failure: Failure, hide: (text: string) => string): Failure {
  const { code, message, hint, problems, cause } = failure;
  return new Failure(code, hide(message), { hint: hide(hint), problems, cause: cause ?? failure });
}

/** The manifest to look at: those named, else the variable, else `pipeline-credentials.yml` here. */
export function anyManifest(args: Arguments, { env, cwd }: Shell): ManifestRequest {
  const request = manifestRequest(args);
  const usual = 'pipeline-credentials.yml';
  const isNamed = request.files.length > 0 || (env.PIPELINE_CREDENTIALS ?? '').trim() !== '';
  return isNamed || !existsSync(resolve(cwd, usual)) ? request : { ...request, files: [usual] };
}

/** @throws Failure `usage` when there is no name, or more than one. */
export function oneName(args: Arguments): string {
  const [name, ...others] = args.positionals;
  if (name !== undefined && others.length === 0) return name;
  throw new Failure(
    'usage',
    name === undefined ? 'The name of a credential is missing.' : 'One credential at a time.',
    {
      hint: 'Write its name behind the verb.',
    },
  );
}

/** Keys of a credential, as far as flags give them. */
export function fieldsOf(args: Arguments): Readonly<Record<string, Plain>> {
  const entries = fieldFlags.flatMap(({ name, repeatable }): [string, Plain][] => {
    const values = args.lines(name);
    const [only] = values ?? [];
    if (values === null || only === undefined) return [];
    if (name === 'default') return [[name, args.truth(name, false)]];
    return [[name, repeatable && values.length > 1 ? values : only]];
  });
  return Object.fromEntries(entries);
}

export function keepOf(args: Arguments, usual: Keep): Keep {
  const others = (['env', 'file', 'manifest'] as const).filter((one) => one !== usual);
  return args.choice('keep', [usual, ...others]);
}

/** What `--to` and its companions say; null without it. */
export function storeOf(args: Arguments): StoreRequest | null {
  const to = args.one('to');
  if (to === null) return null;
  return {
    to,
    provider: args.one('store-provider'),
    environment: args.one('store-environment'),
    tokenName: args.one('token-env'),
    apiUrl: args.one('store-api-url'),
    isProtected: args.one('protected') === null ? null : args.truth('protected', false),
    files: args.choice('type', ['masked', 'file']) === 'file',
    visibility: args.choice('visibility', ['private', 'all']),
  };
}

/** `--permission pull-requests=write`, with GitHub's own underscores. */
export function permissionsOf(args: Arguments): Permissions {
  const entries = (args.lines('permission') ?? []).map((text) => {
    const [, name, level] = /^([a-z][a-z0-9_-]*)=(read|write|admin)$/.exec(text) ?? [];
    if (name !== undefined && level !== undefined) return [name.replaceAll('-', '_'), level];
    throw new Failure('usage', '--permission is not NAME=LEVEL.', {
      hint: 'Write for example pull-requests=write.',
    });
  });
  return Object.fromEntries(entries);
}

/** A test as `check` would tell it. */
export function testedResult({ credentials, targets }: TestResult, now: Date): CheckResult {
  return { checkedAt: now, status: overallStatus({ credentials, targets }), credentials, targets };
}

/** What a test found, for people; less where strangers read along. */
export function testText(test: TestResult, shell: Shell): string {
  const result = testedResult(test, shell.now());
  return checkTable(shell.ci.job.isPublic ? publicView(result) : fullView(result), shell);
}
