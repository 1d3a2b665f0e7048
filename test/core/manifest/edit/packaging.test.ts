import { expect, test } from 'vitest';
import { isFault } from '../../../../src/core/fault.ts';
import { unpack } from '../../../../src/core/manifest/edit/packaging.ts';

const text = 'version: 1\ncredentials: []\nregistries: [docker.io, ghcr.io]\n';
const base64 = Buffer.from(text).toString('base64');
const folded = base64.replace(/(.{40})/g, '$1\n');

test.each([
  ['plain text', text],
  ['a byte order mark', `\ufeff${text}`],
  ['base64 in one line', base64],
  ['base64 with a line end', `${base64}\n`],
  ['base64 in lines', `${folded}\n`],
])('%s is packed again as it was', (_, given) => {
  const unpacked = unpack(given);
  if (isFault(unpacked)) throw new Error(unpacked.code);
  expect(unpacked.text).toBe(text);
  expect(unpacked.pack(unpacked.text)).toBe(given);
});
