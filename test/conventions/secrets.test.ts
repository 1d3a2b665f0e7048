import { expect, test } from 'vitest';
import { code, sources } from './sources.ts';

/**
 * Every file in which the text of a secret leaves its wrapper, and what for. A new line here is for a reviewer to
 * read: the text may go into a request to the host it is for, into a 0600 file, into a mask, or to who asked for it.
 */
const reasons: Record<string, string> = {
  'src/ci/github-action.ts': 'masks',
  'src/ci/github-commands.ts': 'masks',
  'src/core/session/credential-file.ts': 'the file that answers git, 0600',
  'src/system/session-folder.ts': 'files of the session, 0600',
};

test('secrets are revealed only where this list says', () => {
  const revealing = sources().filter((path) => /\.reveal\(|\.reveal\b(?!\()/.test(code(path)));
  expect(revealing).toEqual(Object.keys(reasons).sort());
});
