import { describe, expect, test } from 'vitest';
import { parseAdvertisement, parseRefs } from '../../../src/core/check/advertisement.ts';
import { commandRequest, pktLines } from '../../../src/core/check/pkt-line.ts';

const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40)) as [string, string, string];
const pkt = (line: string) => (line.length + 4).toString(16).padStart(4, '0') + line;

describe('advertisement', () => {
  test('of version 2 tells capabilities only, with and without the service line', () => {
    const body = `${pkt('version 2\n')}${pkt('agent=git/2.39\n')}${pkt('ls-refs=unborn\n')}0000`;
    const expected = { version: 2, capabilities: ['agent=git/2.39', 'ls-refs=unborn'], refs: [] };
    expect(parseAdvertisement(`001e# service=git-upload-pack\n0000${body}`)).toEqual(expected);
    expect(parseAdvertisement(body)).toEqual(expected);
  });

  test('of version 0 tells all refs, tags by the commit they stand for', () => {
    const capabilities = 'multi_ack symref=HEAD:refs/heads/main agent=git/2';
    const body = [
      `${a} HEAD\0${capabilities}\n`,
      `${a} refs/heads/main\n`,
      `${b} refs/tags/v1\n`,
      `${c} refs/tags/v1^{}\n`,
    ];
    expect(parseAdvertisement(`001e# service=git-upload-pack\n0000${body.map(pkt).join('')}0000`)).toEqual({
      version: 0,
      capabilities: capabilities.split(' '),
      refs: [
        { name: 'HEAD', sha: a, target: 'refs/heads/main' },
        { name: 'refs/heads/main', sha: a, target: null },
        { name: 'refs/tags/v1', sha: c, target: null },
      ],
    });
  });

  test('of an empty repository has no refs', () => {
    const body = pkt(`${'0'.repeat(40)} capabilities^{}\0agent=git/2\n`);
    expect(parseAdvertisement(`${body}0000`)?.refs).toEqual([]);
  });

  test.each(['', '<!DOCTYPE html><title>Sign in</title>', 'zzzz', '0000', pkt('ERR no\n'), '00ffshort'])(
    '%j is not git',
    (text) => {
      expect(parseAdvertisement(text)).toBeNull();
    },
  );
});

test('ls-refs tells names, what HEAD is, and what tags stand for', () => {
  const body = [
    `${a} HEAD symref-target:refs/heads/main\n`,
    `${b} refs/tags/v1 peeled:${c}\n`,
    'unborn HEAD symref-target:refs/heads/main\n',
  ];
  expect(parseRefs(`${body.map(pkt).join('')}0000`)).toEqual([
    { name: 'HEAD', sha: a, target: 'refs/heads/main' },
    { name: 'refs/tags/v1', sha: c, target: null },
  ]);
});

test('a request has its lengths in bytes', () => {
  expect(commandRequest(['command=ls-refs'], ['peel', 'ref-prefix refs/heads/ä'])).toBe(
    '0014command=ls-refs\n00010009peel\n001dref-prefix refs/heads/ä\n0000',
  );
});

test.each(['0003', '0005', '000', 'abcdefg', '0006ab0000'])('%j ends or is left out', (text) => {
  expect(pktLines(text)).toEqual(text === '0006ab0000' ? ['ab'] : []);
});
