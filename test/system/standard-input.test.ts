import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readStandardInput } from '../../src/system/standard-input.ts';

test('is read to its end, also where a character is cut in two, without a byte order mark', async () => {
  const bytes = Buffer.from('\ufeffversion: 1 # ü');
  const cut = [bytes.subarray(0, bytes.length - 1), bytes.subarray(bytes.length - 1)];
  expect(await readStandardInput(Readable.from(cut))).toBe('version: 1 # ü');
  expect(await readStandardInput(Readable.from([]))).toBe('');
});

test('one that never ends is not waited for', async () => {
  let read = 0;
  const endless = Readable.from(
    (function* () {
      for (;;) {
        read += 1;
        yield Buffer.alloc(1024 * 1024, 'y\n');
      }
    })(),
  );
  await expect(readStandardInput(endless)).rejects.toThrow('more than 4 MiB');
  expect(read).toBeLessThan(30);
});
