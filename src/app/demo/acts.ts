import { existsSync } from 'node:fs';
import { childEnvironment } from '../../core/child-environment.ts';
import { explainTable } from '../../report/explain-table.ts';
import { untilText } from '../../report/served.ts';
import { explainTargets } from '../explain.ts';
import type { JobContext } from '../job-context.ts';
import { loadManifest } from '../manifest.ts';
import { forOneCommand } from '../setup/request.ts';
import { type Setup, setup } from '../setup.ts';
import { gitStep } from './git-step.ts';
import { homeFingerprint } from './home-fingerprint.ts';
import { readImage } from './read-image.ts';
import type { Scene } from './scene.ts';

/** One demo under way. */
export interface Show {
  readonly scene: Scene;
  readonly context: JobContext;
  /** Stands for the job's checkout. */
  readonly workspace: string;
  readonly say: (line: string) => void;
  /** The person's home as it was. */
  readonly home: string;
}

/** Reads the sample manifest, shows the selection, and signs in. */
export async function signIn({ scene, context, say }: Show): Promise<Setup> {
  say(
    'A manifest, as a team keeps it in one CI secret. Forge and registry run inside this process, on loopback:\n',
  );
  say(indented(scene.manifest));
  const request = { text: scene.manifest, files: [], allowEnv: '' };
  const manifest = await loadManifest(request, { ...context, readInput: async () => '' });
  say('Which credential serves what, and why (`pipeline-credentials explain`):\n');
  const circumstances = { now: context.now(), environment: null };
  say(indented(explainTable(explainTargets(manifest, manifest.targets, circumstances))));
  const done = await setup({ ...forOneCommand, manifest }, context);
  say('Signed in (`pipeline-credentials setup`):\n');
  for (const { target, credential, expiresAt } of done.rows) {
    say(
      `  ${target}  ${credential}, ${`${expiresAt instanceof Date ? 'until ' : ''}${untilText(expiresAt)}`}`,
    );
  }
  say('');
  return done;
}

/** One thing that the demo shows, and whether it was so. */
export interface Shown {
  readonly what: string;
  readonly worked: boolean;
}

/** Clones as any later step would: plain git, no token in sight. */
export async function useGit(show: Show, done: Setup): Promise<readonly Shown[]> {
  const { scene, say } = show;
  say('Later steps are plain git:\n');
  const clone = ['clone', '--quiet', '--recurse-submodules', `${scene.forge.url}/acme/rnaseq`];
  return [
    await git(show, done, {
      words: clone,
      expected: 'works',
      because: 'with its submodule in another organisation',
    }),
    await git(show, done, {
      words: ['ls-remote', '--quiet', 'git@127.0.0.1:globex/reference.git'],
      expected: 'works',
      because: 'an ssh address, served over https',
    }),
    await git(show, done, {
      words: ['ls-remote', '--quiet', `${scene.forge.url}/initech/payroll`],
      expected: 'is refused',
      because: 'no credential covers that organisation, so none is sent',
    }),
  ];
}

interface GitStep {
  readonly words: readonly string[];
  readonly expected: 'works' | 'is refused';
  readonly because: string;
}

async function git({ context, workspace, say }: Show, done: Setup, step: GitStep): Promise<Shown> {
  const named = new Set(['ACME_APP_KEY', 'GLOBEX_TOKEN', 'IMAGES_PASSWORD']);
  const env = childEnvironment(context.env, named, done.environment);
  const outcome = (await gitStep(step.words, { cwd: workspace, env })) === 0 ? 'works' : 'is refused';
  const worked = outcome === step.expected;
  const command = `git ${step.words.filter((word) => word !== '--quiet').join(' ')}`;
  say(`  $ ${command}`);
  say(`    ${mark(worked)} ${outcome}: ${step.because}`);
  return { what: `\`${command}\` ${step.expected}`, worked };
}

/** Reads an image's manifest with what the session's docker configuration says. */
export async function useRegistry({ scene, context, say }: Show, done: Setup): Promise<Shown> {
  const image = `${scene.registry.host}/team/tools:2.1`;
  const digest = await readImage(image, done.environment, context.http.fetch);
  const worked = digest !== null;
  say(`\nSo is docker:\n\n  $ docker manifest inspect ${image}`);
  say(`    ${mark(worked)} ${digest ?? 'not readable'}\n`);
  return { what: `${image} can be read`, worked };
}

/** After cleanup: no session, no living token, an untouched home. */
export function proveNothingIsLeft({ scene, context, say, home }: Show, done: Setup): readonly Shown[] {
  const revoked = [...scene.forge.state.minted.values()].every((token) => token.revoked);
  const shown: readonly Shown[] = [
    { what: 'the session folder is gone', worked: !existsSync(done.folder) },
    { what: 'the minted token is revoked at the forge', worked: revoked },
    {
      what: '~/.gitconfig, ~/.docker and the like are as they were',
      worked: homeFingerprint(context.env) === home,
    },
  ];
  say('Afterwards (`pipeline-credentials cleanup`, and the action’s post step):\n');
  for (const { what, worked } of shown) say(`  ${mark(worked)} ${what}`);
  say('');
  return shown;
}

function mark(good: boolean): string {
  return good ? '✓' : '✗';
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
