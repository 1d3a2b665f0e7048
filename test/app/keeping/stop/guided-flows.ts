import type { RotateRequest } from '../../../../src/app/keeping/rotate/request.ts';
import { startForge } from '../../../../src/demo/forge.ts';
import { startRegistry } from '../../../../src/demo/registry.ts';
import type { Traffic } from '../../../../src/demo/traffic.ts';
import { type Folder, makeFolder } from '../folder.ts';
import { rotateRequest, rotationScene } from '../rotate-scene.ts';
import { storeAt } from '../store-at.ts';
import { type Flow, keptFiles, outcomeOf, type Scene } from './flow.ts';
import { now } from './task.ts';

const old = 'canary-old-0123456789';
const newer = 'canary-new-0123456789';

interface Guided {
  readonly url: string;
  readonly traffic: readonly Traffic[];
  /** The credential in the manifest. */
  readonly entry: (folder: Folder) => string;
  /** The secrets that the host takes. */
  readonly works: () => readonly string[];
  readonly request?: Partial<RotateRequest>;
  readonly held?: (folder: Folder) => Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** A guided rotation: the person has made a new secret, and pastes it. */
async function openGuided(start: () => Promise<Guided>): Promise<Scene> {
  const guided = await start();
  const folder = makeFolder();
  folder.write('m.yml', `version: 1\ncredentials:\n  - ${guided.entry(folder)}\n`);
  const lab = () => guided.held?.(folder).CI ?? '';
  return {
    folder,
    sent: newer,
    traffic: guided.traffic,
    task: async () => ({
      request: {
        rotate: rotateRequest({ url: guided.url }, { guided: true, store: null, ...guided.request }),
      },
      env: { LAB: lab(), STORE_TOKEN: 'canary-manager-token' },
      cwd: folder.path,
      pastes: newer,
    }),
    outcome: async () => {
      const works = guided.works().map((secret) => ({ name: secret === old ? 'old' : 'new', secret }));
      const files = { manifest: folder.read('m.yml'), rescue: keptFiles(folder) };
      return outcomeOf(works, { ...guided.held?.(folder), ...files });
    },
    [Symbol.asyncDispose]: async () => {
      await guided.close();
      folder[Symbol.dispose]();
    },
  };
}

/** GitHub ends tokens that are shown to it. */
async function atGithub(): Promise<Guided> {
  const forge = await startForge({
    repositories: [{ name: 'acme/rnaseq' }],
    tokens: [old, newer].map((token) => ({ token, owners: ['acme'] })),
  });
  return {
    url: forge.url,
    traffic: [forge.traffic],
    entry: () => `{ name: lab, provider: github, url: '${forge.url}/acme', token: ${old} }`,
    works: () => [...forge.state.tokens.keys()],
    close: forge.close,
  };
}

/** GitLab, where the token cannot rotate itself, and its place is a variable there. */
async function atGitlab(): Promise<Guided> {
  const gitlab = await rotationScene(now);
  const lab = { userId: 70, username: 'project_7_bot_ab', scopes: ['read_repository', 'read_api'] };
  gitlab.tokens.splice(0, 1);
  for (const token of [old, newer]) gitlab.addToken({ token, ...lab });
  Object.assign(gitlab.variable('acme/pipeline', 'LAB') ?? {}, { value: old });
  return {
    url: gitlab.url,
    traffic: [gitlab.traffic],
    entry: () => `{ name: lab, provider: gitlab, url: '${gitlab.url}/acme/pipeline', token: { env: LAB } }`,
    works: () =>
      gitlab.tokens.filter(({ userId, revoked }) => userId === 70 && !revoked).map(({ token }) => token),
    request: { store: storeAt({ to: `${gitlab.url}/acme/pipeline`, provider: 'gitlab' }) },
    held: () => ({ CI: gitlab.variable('acme/pipeline', 'LAB')?.value ?? '' }),
    close: async () => gitlab[Symbol.asyncDispose](),
  };
}

/** A registry, where the old one is ended by hand. */
async function atRegistry(): Promise<Guided> {
  const users = [old, newer].map((password) => ({ username: 'bot', password }));
  const registry = await startRegistry({ users });
  return {
    url: registry.url,
    traffic: [registry.traffic],
    entry: (folder) =>
      `{ name: lab, provider: registry, registry: '${registry.host}', username: bot, password: { file: ${folder.write('hub.token', old)} } }`,
    works: () => [old, newer],
    held: (folder) => ({ file: folder.read('hub.token') }),
    close: registry.close,
  };
}

const guided = (start: () => Promise<Guided>): Flow => ({
  open: () => openGuided(start),
  settled: 'That is the old secret: nothing was changed.',
});

export const guidedFlows = {
  'GitHub, in the manifest': guided(atGithub),
  'GitLab, in a variable': guided(atGitlab),
  'a registry, in a file': guided(atRegistry),
} satisfies Readonly<Record<string, Flow>>;
