import { upload } from '../../../src/app/keeping/upload.ts';
import { keepingContext } from './context.ts';

/** One upload of the variable T to a forge in a process of its own, for tests that kill it. */
const [, , cwd = '', url = '', value = '', token = ''] = process.argv;
const store = {
  to: `${url}/acme/rnaseq`,
  provider: null,
  environment: null,
  tokenName: 'STORE',
  apiUrl: null,
};
const more = { isProtected: null, files: false, visibility: 'private' } as const;
await upload(
  {
    manifest: { text: null, files: ['m.yml'], allowEnv: '' },
    names: ['T'],
    as: '',
    inline: 'none',
    store: { ...store, ...more },
    test: true,
    dryRun: false,
  },
  keepingContext({ cwd, env: { T: value, STORE: token } }),
);
process.exit(0);
