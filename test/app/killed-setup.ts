import { beginSession } from '../../src/app/session.ts';
import { scene } from '../core/session/scene.ts';
import { requestIn } from '../git/job.ts';

/** Run as a program of its own: makes a session in a folder as far as asked, says so, and waits to be killed. */
const [, , root = '', how = ''] = process.argv;
const samples = [
  { name: 'acme', url: 'https://github.com/acme' },
  { name: 'ghcr', provider: 'registry', registries: ['ghcr.io'] },
] as const;

const docker = how === 'docker: home' ? 'home' : 'private';
const folder = how === 'elsewhere' ? `${root}/elsewhere` : null;
const session = beginSession({ ...requestIn(root, process.env), docker, folder, pid: process.pid });
if (how !== 'begun') await session.write(scene({ samples }), []);
process.stdout.write('ready\n');
setInterval(() => {}, 1000);
