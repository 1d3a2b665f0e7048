import { expect, test } from 'vitest';
import { version } from '../../src/core/version.ts';
import { read } from '../conventions/sources.ts';

test('the version is that of the package', () => {
  expect(version).toBe(JSON.parse(read('package.json')).version);
});
