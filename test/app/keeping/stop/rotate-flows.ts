import type { RotateRequest } from '../../../../src/app/keeping/rotate/request.ts';
import type { StoreRequest } from '../../../../src/app/keeping/store-request.ts';
import { startForge } from '../../../../src/demo/forge.ts';
import type { Traffic } from '../../../../src/demo/traffic.ts';
import { startFakeBitbucket } from '../../../fakes/bitbucket.ts';
import type { FakeGitlab } from '../../../fakes/gitlab.ts';
import { openSecret } from '../../../stores/open-sealed.ts';
import { type Folder, makeFolder } from '../folder.ts';
import { first, labManifest, manager, rotateRequest, rotationScene } from '../rotate-scene.ts';
import { storeAt } from '../store-at.ts';
import { type Flow, keptFiles, outcomeOf, type Scene, storeToken } from './flow.ts';
import { now } from './task.ts';

/** What GitLab has of the rotated token: the first of it is old, every later one new. */
function working({ tokens }: FakeGitlab) {
  return tokens
    .filter(({ revoked, family }) => !revoked && family === tokens[0]?.family)
    .map(({ token }) => ({ name: token === first ? 'old' : 'new', secret: token }));
}

interface Place {
  readonly traffic?: Traffic;
  readonly store: StoreRequest | null;
  /** What jobs get in the variable LAB. */
  readonly lab?: () => Promise<string> | string;
  /** What the places hold besides the manifest, by name. */
  readonly held?: () => Promise<Readonly<Record<string, string>>> | Readonly<Record<string, string>>;
  readonly close?: () => Promise<void>;
}

interface Lab {
  /** How the manifest has the token. */
  readonly secret: (folder: Folder) => string;
  readonly more?: string;
  readonly open: (gitlab: FakeGitlab, folder: Folder) => Promise<Place> | Place;
  readonly request?: Partial<RotateRequest>;
  /** Done before anything else. */
  readonly prepare?: (gitlab: FakeGitlab) => Promise<void> | void;
  readonly risk?: string;
}

/** A rotation of GitLab's project token `lab`, by itself. */
function rotation(lab: Lab): Flow {
  return { open: () => openLab(lab), ...(lab.risk === undefined ? {} : { risk: lab.risk }) };
}

async function openLab({ secret, more = '', open, request, prepare }: Lab): Promise<Scene> {
  const gitlab = await rotationScene(now);
  const folder = makeFolder();
  folder.write('m.yml', labManifest(gitlab, secret(folder), more));
  const place = await open(gitlab, folder);
  await prepare?.(gitlab);
  return {
    folder,
    sent: first,
    traffic: [gitlab.traffic, ...(place.traffic === undefined ? [] : [place.traffic])],
    task: async () => ({
      request: {
        rotate: rotateRequest(gitlab, {
          store: place.store,
          recoveryToken: 'MANAGER',
          ...request,
        }),
      },
      env: { LAB: (await place.lab?.()) ?? '', MANAGER: manager, STORE_TOKEN: storeToken },
      cwd: folder.path,
      pastes: null,
    }),
    outcome: async () => {
      const works = working(gitlab);
      const lab = place.lab === undefined ? {} : { CI: await place.lab() };
      const files = { manifest: folder.read('m.yml'), rescue: keptFiles(folder) };
      const told = outcomeOf(works, { ...lab, ...(await place.held?.()), ...files });
      const netted = request?.withoutNet !== true && works.length > 0;
      return netted ? told.replace('nobody', 'its manager') : told;
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([gitlab[Symbol.asyncDispose](), place.close?.()]);
      folder[Symbol.dispose]();
    },
  };
}

const inGitlab: Lab = {
  secret: () => '{ env: LAB }',
  open: (gitlab) => ({
    store: storeAt({ to: `${gitlab.url}/acme/pipeline`, provider: 'gitlab', tokenName: 'MANAGER' }),
    lab: () => gitlab.variable('acme/pipeline', 'LAB')?.value ?? '',
  }),
};

const inGithub: Lab = {
  secret: () => '{ env: LAB }',
  open: async () => {
    const forge = await startForge({
      repositories: [{ name: 'acme/rnaseq' }],
      tokens: [{ token: storeToken, owners: ['acme'] }],
    });
    // What CI had before is what the test knows.
    const lab = async () => (await openSecret(forge.state.shelves.get('acme/rnaseq'), 'LAB')) ?? first;
    return {
      traffic: forge.traffic,
      store: storeAt({ to: `${forge.url}/acme/rnaseq`, provider: 'github' }),
      lab,
      close: forge.close,
    };
  },
};

const inBitbucket: Lab = {
  secret: () => '{ env: LAB }',
  open: async () => {
    const bitbucket = await startFakeBitbucket({
      headers: [`Bearer ${storeToken}`],
      places: ['acme/pipeline'],
    });
    const root = 'repositories/acme/pipeline/pipelines_config/variables';
    bitbucket.variables.set(`${root} LAB`, { uuid: '{1}', key: 'LAB', value: first, secured: true });
    return {
      traffic: bitbucket.traffic,
      store: storeAt({ to: 'https://bitbucket.org/acme/pipeline', apiUrl: bitbucket.apiUrl }),
      lab: () => bitbucket.variables.get(`${root} LAB`)?.value ?? '',
      close: async () => bitbucket[Symbol.asyncDispose](),
    };
  },
};

const inFile: Lab = {
  secret: (folder) => `{ file: ${folder.write('lab.token', first)} }`,
  more: '    expires: 2027-01-31\n',
  open: (_, folder) => ({ store: null, held: () => ({ file: folder.read('lab.token') }) }),
};

const inManifest: Lab = {
  secret: () => first,
  open: () => ({ store: null }),
};

/** Two names for one thing: the store has the manifest, with what is in the file put in. */
const inStoredManifest: Lab = {
  ...inFile,
  open: (gitlab, folder) => ({
    store: storeAt({ to: `${gitlab.url}/acme/pipeline`, provider: 'gitlab', tokenName: 'MANAGER' }),
    held: () => {
      const { value = '' } = gitlab.variable('acme/pipeline', 'PIPELINE_CREDENTIALS') ?? {};
      return { CI: `${Buffer.from(value, 'base64')}`, file: folder.read('lab.token') };
    },
  }),
};

export const rotateFlows = {
  'a variable of GitLab': rotation(inGitlab),
  'a secret of GitHub': rotation(inGithub),
  'a variable of Bitbucket': rotation(inBitbucket),
  'a file': rotation(inFile),
  'the manifest': rotation(inManifest),
  'a file, and a manifest that GitLab has': rotation(inStoredManifest),
  'after an answer that got lost': rotation({
    ...inGitlab,
    request: { recover: 100 },
    prepare: async (gitlab) => {
      gitlab.traffic.fail('self/rotate', 'lose');
      const api = `${gitlab.apiUrl}/personal_access_tokens/self/rotate`;
      await fetch(api, { method: 'POST', headers: { 'private-token': first } }).catch(() => {});
      gitlab.traffic.requests.splice(0);
    },
  }),
  'without a manager, by choice': rotation({
    ...inGitlab,
    request: { withoutNet: true, recoveryToken: null },
    risk: 'new: nobody',
    prepare: ({ tokens }) => {
      const found = tokens.find(({ token }) => token === manager);
      Object.assign(found ?? {}, { manages: ['acme/pipeline'] });
    },
  }),
} satisfies Readonly<Record<string, Flow>>;
