import type { StoreRequest } from '../../../../src/app/keeping/store-request.ts';
import { shelfOf } from '../../../../src/demo/forge/secret-shelf.ts';
import { startForge } from '../../../../src/demo/forge.ts';
import type { Traffic } from '../../../../src/demo/traffic.ts';
import { sealedBox } from '../../../../src/stores/sealed-box.ts';
import { startFakeBitbucket } from '../../../fakes/bitbucket.ts';
import { startFakeGitlab } from '../../../fakes/gitlab.ts';
import { openSecret } from '../../../stores/open-sealed.ts';
import { type Folder, makeFolder } from '../folder.ts';
import { storeAt } from '../store-at.ts';
import { type Flow, outcomeOf, type Scene, storeToken } from './flow.ts';

const old = 'canary-old-0123456789';
const newer = 'canary-new-0123456789';

interface Place {
  readonly store: StoreRequest;
  readonly traffic?: Traffic;
  /** What the place gives to jobs. */
  readonly held: () => Promise<string | null> | string | null;
  readonly close?: () => Promise<void>;
}

/** Both the old and the new value work at their host: what must not be is a place without either. */
async function openUpload(start: (folder: Folder) => Promise<Place> | Place): Promise<Scene> {
  const host = await startForge({
    tokens: [old, newer].map((token) => ({ token, owners: ['acme'] })),
  });
  const folder = makeFolder();
  folder.write(
    'm.yml',
    `version: 1\ncredentials:\n  - { name: c, provider: github, url: '${host.url}/acme', token: { env: T } }\n`,
  );
  const place = await start(folder);
  return {
    folder,
    sent: newer,
    traffic: [host.traffic, ...(place.traffic === undefined ? [] : [place.traffic])],
    task: async () => ({
      request: {
        upload: {
          manifest: { text: null, files: ['m.yml'], allowEnv: '' },
          names: ['T'],
          as: '',
          inline: 'none',
          store: place.store,
          test: true,
          dryRun: false,
        },
      },
      env: { T: newer, STORE_TOKEN: storeToken },
      cwd: folder.path,
      pastes: null,
    }),
    outcome: async () => {
      const held = await place.held();
      const works = [
        { name: 'old', secret: old },
        { name: 'new', secret: newer },
      ].filter(({ secret }) => secret === held);
      return outcomeOf(works, { CI: held });
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([host.close(), place.close?.()]);
      folder[Symbol.dispose]();
    },
  };
}

/** @param to owner or repository, @param key the shelf of the forge. */
const inGithub =
  (to: string, key: string, environment: string | null = null) =>
  async (): Promise<Place> => {
    const forge = await startForge({
      repositories: [{ name: 'acme/rnaseq' }],
      tokens: [{ token: storeToken, owners: ['acme'] }],
      environments: ['acme/rnaseq:production'],
    });
    const shelf = shelfOf(forge.state, key);
    const then = Date.now() - 60_000;
    shelf.secrets.set('T', {
      name: 'T',
      sealed: Buffer.from(sealedBox(Buffer.from(old), Buffer.from(shelf.publicKey, 'base64'))).toString(
        'base64',
      ),
      createdAt: then,
      updatedAt: then,
      visibility: 'selected',
      repositoryIds: [],
    });
    return {
      store: storeAt({ to: `${forge.url}/${to}`, provider: 'github', environment }),
      traffic: forge.traffic,
      held: () => openSecret(shelf, 'T'),
      close: forge.close,
    };
  };

const inGitlab = (path: string) => async (): Promise<Place> => {
  const gitlab = await startFakeGitlab();
  gitlab.addToken({ token: storeToken, manages: [path] });
  gitlab.variables.set(`${path} T *`, {
    key: 'T',
    value: old,
    variable_type: 'env_var',
    protected: false,
    masked: true,
    hidden: true,
    raw: true,
    environment_scope: '*',
    description: null,
  });
  return {
    store: storeAt({ to: `${gitlab.url}/${path}`, provider: 'gitlab' }),
    traffic: gitlab.traffic,
    held: () => gitlab.variable(path, 'T')?.value ?? null,
    close: async () => gitlab[Symbol.asyncDispose](),
  };
};

const inBitbucket =
  (to: string, root: string, environment: string | null = null) =>
  async (): Promise<Place> => {
    const bitbucket = await startFakeBitbucket({
      headers: [`Bearer ${storeToken}`],
      places: ['acme/pipeline', 'acme'],
      deployments: ['production'],
    });
    const key = `${root} T`;
    bitbucket.variables.set(key, { uuid: '{1}', key: 'T', value: old, secured: true });
    return {
      store: storeAt({ to: `https://bitbucket.org/${to}`, apiUrl: bitbucket.apiUrl, environment }),
      traffic: bitbucket.traffic,
      held: () => bitbucket.variables.get(key)?.value ?? null,
      close: async () => bitbucket[Symbol.asyncDispose](),
    };
  };

const inFile = (folder: Folder): Place => {
  const path = folder.write('store', old);
  return { store: storeAt({ to: path }), held: () => folder.read('store') };
};

const upload = (start: (folder: Folder) => Promise<Place> | Place): Flow => ({
  open: () => openUpload(start),
});

const repository = 'repositories/acme/pipeline';

export const uploadFlows = {
  'a repository of GitHub': upload(inGithub('acme/rnaseq', 'acme/rnaseq')),
  'an environment of GitHub': upload(inGithub('acme/rnaseq', 'acme/rnaseq:production', 'production')),
  'an organisation of GitHub': upload(inGithub('acme', 'acme')),
  'a project of GitLab': upload(inGitlab('acme/pipeline')),
  'a group of GitLab': upload(inGitlab('acme')),
  'a repository of Bitbucket': upload(
    inBitbucket('acme/pipeline', `${repository}/pipelines_config/variables`),
  ),
  'a deployment of Bitbucket': upload(
    inBitbucket(
      'acme/pipeline',
      `${repository}/deployments_config/environments/{env-production}/variables`,
      'production',
    ),
  ),
  'a workspace of Bitbucket': upload(inBitbucket('acme', 'workspaces/acme/pipelines-config/variables')),
  'a file': upload(inFile),
} satisfies Readonly<Record<string, Flow>>;
