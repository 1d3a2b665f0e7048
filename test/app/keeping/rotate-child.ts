import { rotate } from '../../../src/app/keeping/rotate.ts';
import { keepingContext } from './context.ts';
import { rotateRequest } from './rotate-scene.ts';

/** One rotation in a process of its own, for tests that kill it. Ends with 0 when it came through. */
const [, , cwd = '', url = '', lab = '', manager = ''] = process.argv;
const context = keepingContext({
  cwd,
  env: { LAB: lab, MANAGER: manager },
  now: () => new Date('2026-11-20T10:00:00Z'),
});
const { failures } = await rotate(rotateRequest({ url } as Parameters<typeof rotateRequest>[0]), context);
process.exit(failures.length);
