import { expect, test } from 'vitest';
import { isPrivateAddress, isPrivateName } from '../../src/core/private-host.ts';

test.each([
  ['10.0.0.1', true],
  ['172.31.255.255', true],
  ['172.32.0.1', false],
  ['192.168.1.1', true],
  ['169.254.169.254', true],
  ['100.64.0.1', true],
  ['127.1.2.3', true],
  ['0.0.0.0', true],
  ['224.0.0.1', true],
  ['140.82.121.4', false],
  ['::1', true],
  ['[::1]', true],
  ['fd12::1', true],
  ['fe80::1', true],
  ['::ffff:10.0.0.1', true],
  ['::ffff:140.82.121.4', false],
  ['2606:50c0:8000::153', false],
  ['github.com', false],
])('the address %s is private: %s', (address, expected) => {
  expect(isPrivateAddress(address)).toBe(expected);
});

test.each([
  ['github.com', false],
  ['ghes.example.com', false],
  ['ghes', true],
  ['localhost', true],
  ['a.localhost', true],
  ['ghes.corp', true],
  ['ghes.internal', true],
  ['printer.local', true],
  ['10.0.0.1', true],
  ['[fd12::1]', true],
  ['140.82.121.4', false],
])('the name %s is private: %s', (name, expected) => {
  expect(isPrivateName(name)).toBe(expected);
});
