import { expect, test } from 'vitest';
import { raisedAccess } from '../../../src/core/selection/raised-access.ts';
import { gitProviders } from '../../../src/providers/index.ts';
import { registry, repository } from './samples.ts';

const write = { access: 'write' } as const;
const rnaseq = 'https://github.com/acme/rnaseq';

const rows = [
  ['reading what is listed for reading', [repository(rnaseq)], [repository(rnaseq)], 0],
  ['writing what is listed for reading', [repository(rnaseq, write)], [repository(rnaseq)], 1],
  [
    'the same in another case',
    [repository('https://github.com/Acme/RNAseq', write)],
    [repository(rnaseq)],
    1,
  ],
  ['writing what is listed for writing', [repository(rnaseq, write)], [repository(rnaseq, write)], 0],
  [
    'writing what is listed both ways',
    [repository(rnaseq, write)],
    [repository(rnaseq), repository(rnaseq, write)],
    0,
  ],
  [
    'writing what is not listed',
    [repository(rnaseq, write)],
    [repository('https://github.com/acme/other')],
    0,
  ],
  [
    'pushing to a registry that is listed for reading',
    [registry('docker.io/acme', write)],
    [registry('docker.io/acme')],
    1,
  ],
] as const;

test.each(rows)('rule 15: inputs never raise access: %s', (_what, asked, listed, refused) => {
  const problems = raisedAccess(asked, listed, gitProviders);
  expect(problems.map(({ code }) => code)).toEqual(Array(refused).fill('access-raised'));
});
