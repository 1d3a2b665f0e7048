import { expect, test } from 'vitest';
import {
  beyond,
  type Permissions,
  permissionsText,
  union,
} from '../../../src/core/app-tokens/permissions.ts';

test.each<[Permissions, Permissions, string]>([
  [{ contents: 'read' }, {}, 'contents: read'],
  [{ contents: 'read' }, { contents: 'write' }, 'contents: write'],
  [{ contents: 'write' }, { contents: 'read', actions: 'read' }, 'actions: read, contents: write'],
  [{ administration: 'admin' }, { administration: 'read' }, 'administration: admin'],
])('the union of %j and %j is %s', (one, other, expected) => {
  expect(permissionsText(union(one, other))).toBe(expected);
  expect(permissionsText(union(other, one))).toBe(expected);
});

test.each<[Permissions, Permissions, readonly string[]]>([
  [{ contents: 'read' }, { contents: 'read' }, []],
  [{ contents: 'read' }, { contents: 'write' }, []],
  [{ contents: 'write' }, { contents: 'read' }, ['contents: write']],
  [{ contents: 'read', issues: 'read' }, { contents: 'read' }, ['issues: read']],
  [JSON.parse('{"contents":"owner"}'), { contents: 'admin' }, ['contents: owner']],
  [JSON.parse('{"constructor":"read","__proto__":"read"}'), {}, ['constructor: read', '__proto__: read']],
])('%j goes beyond %j by %j', (some, others, expected) => {
  expect(beyond(some, others)).toEqual(expected);
});
