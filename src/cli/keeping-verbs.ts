import { manifestFlags } from './flags.ts';
import { appFlags, editFlags, fieldFlags, secretFlags, storeFlags } from './keeping-flags.ts';
import type { Verb } from './verb.ts';

const environment = { name: 'environment', value: 'NAME', about: 'who serves what in this environment' };
const dryRun = { name: 'dry-run', value: null, about: 'say what would be done, and do nothing of it' };
const as = {
  name: 'as',
  value: 'NAME',
  about: 'the name under which the manifest is stored (default: PIPELINE_CREDENTIALS)',
};

/** Keys of an App's credential that are flags. */
const appFields = [
  'url',
  'organization',
  'access',
  'environments',
  'registries',
  'purposes',
  'status',
  'default',
  'api-url',
  'description',
  'contact',
];

/** The verbs that look after a manifest and its secrets. */
export const keepingVerbs: readonly Verb[] = [
  {
    name: 'init',
    usage: '',
    about: 'write a first manifest from what is there: remotes, submodules, images, the sign-ins of today',
    flags: editFlags,
    load: () => import('./init.ts'),
  },
  {
    name: 'app create',
    usage: 'NAME',
    about: 'create a GitHub App in your browser, and its credential',
    flags: [
      { name: 'org', value: 'NAME', about: 'the organisation that owns it (default: your own account)' },
      { name: 'url', value: 'URL', about: 'your GitHub Enterprise Server (default: https://github.com)' },
      {
        name: 'repository',
        value: 'URL',
        about: 'the one repository that the credential is for (default: all of the owner)',
      },
      ...appFlags,
      { name: 'webhook', value: 'URL', about: 'where events go (default: none)' },
      { name: 'allow-private-host', value: null, about: 'the server may be in a private network' },
      ...editFlags.filter(({ name }) => name === 'manifest'),
      ...secretFlags.filter(({ name }) => !['secret-from', 'variable', 'no-test'].includes(name)),
    ],
    load: () => import('./app-create.ts'),
  },
  {
    name: 'app add',
    usage: 'NAME',
    about: 'add the credential of a GitHub App that exists',
    flags: [
      { name: 'client-id', value: 'ID', about: "on the App's settings page" },
      { name: 'app-id', value: 'ID', about: 'the same, where the client ID is not at hand' },
      { name: 'installation-id', value: 'ID', about: 'saves jobs a request' },
      { name: 'slug', value: 'NAME', about: "the App's name in its address" },
      {
        name: 'repositories',
        value: 'listed|all|NAME',
        repeatable: true,
        about: 'what its tokens may reach (default: the targets)',
      },
      ...appFlags,
      ...fieldFlags.filter(({ name }) => appFields.includes(name)),
      ...editFlags,
      ...secretFlags,
    ],
    load: () => import('./app-add.ts'),
  },
  {
    name: 'credential add',
    usage: 'NAME',
    about: 'add a credential, tested before it is saved; asks for what is missing',
    flags: [
      ...fieldFlags,
      {
        name: 'secret-key',
        value: 'KEY',
        about: 'the key that gets the secret: token, password, ssh-key, google-key, ...',
      },
      ...editFlags,
      ...secretFlags,
    ],
    load: () => import('./credential-add.ts'),
  },
  {
    name: 'credential edit',
    usage: 'NAME',
    about: 'change a credential; a secret left blank stays',
    flags: [
      ...fieldFlags,
      { name: 'unset', value: 'KEY', repeatable: true, about: 'take a key out' },
      ...editFlags,
      ...secretFlags,
    ],
    load: () => import('./credential-edit.ts'),
  },
  {
    name: 'credential remove',
    usage: 'NAME',
    about: 'take a credential out, after telling what would lose it and who would serve that then',
    flags: [...editFlags, { name: 'yes', value: null, about: 'do not ask' }],
    load: () => import('./credential-remove.ts'),
  },
  {
    name: 'credential list',
    usage: '',
    about: 'what there is, until when, and who uses it; no secrets',
    flags: [...manifestFlags, environment],
    load: () => import('./credential-list.ts'),
  },
  {
    name: 'credential test',
    usage: '[NAME...]',
    about: 'ask the hosts about credentials, as `check` does',
    flags: manifestFlags,
    load: () => import('./credential-test.ts'),
  },
  {
    name: 'upload',
    usage: '[VARIABLE...]',
    about: 'store the manifest, or single values, where jobs get them from; tested first',
    flags: [
      ...manifestFlags,
      ...storeFlags,
      as,
      {
        name: 'inline',
        value: 'files|all|none',
        about: 'what is put into the stored manifest in place of references (default: files)',
      },
      { name: 'no-test', value: null, about: 'store without asking the hosts first' },
      dryRun,
    ],
    load: () => import('./upload.ts'),
  },
  {
    name: 'rotate',
    usage: '[NAME...]',
    about:
      'replace secrets: by the host where it can (GitLab), else guided; the old or the new one always works',
    flags: [
      ...manifestFlags,
      ...storeFlags,
      as,
      { name: 'credentials', value: 'NAME', repeatable: true, about: 'the same as a NAME' },
      {
        name: 'within',
        value: 'SPAN',
        about: 'only what ends within it, like 30d, 4w or 36h (default: whatever is named)',
      },
      { name: 'days', value: 'N', about: 'how long the new one lasts (default: as long as the old one did)' },
      {
        name: 'recovery-token',
        value: 'NAME',
        about:
          'the variable with a token that may manage the rotated one, should an answer get lost (default: that of --to)',
      },
      { name: 'no-recovery', value: null, about: 'rotate also when nothing could bring a lost answer back' },
      { name: 'recover', value: 'ID', about: 'bring back the successor of a token whose rotation got lost' },
      { name: 'guided', value: null, about: 'paste a new one, also where the host could rotate' },
      ...secretFlags.filter(({ name }) => name === 'secret-from'),
      dryRun,
    ],
    load: () => import('./rotate.ts'),
  },
];
