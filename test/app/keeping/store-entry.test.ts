import { expect, test } from 'vitest';
import { storeEntry } from '../../../src/app/keeping/store-entry.ts';
import { Failure } from '../../../src/core/failure.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { Entry, Found, Store } from '../../../src/stores/store.ts';

const entry: Entry = { name: 'T', value: new Secret('canary-new-0123456789'), form: 'text' };
const found = (version: string | null, holds: boolean | null): Found => ({
  id: '',
  version,
  holds: () => holds,
  terms: {},
  advice: null,
});
const lost = new Failure('unreachable', 'No answer.', { hint: 'Try again.' });
const refused = new Failure('refused', 'No.', { hint: 'Ask somebody.' });

/** What was there, how the write ended, what is there then, and what is said; null for nothing. */
test.each<[string, Found | null, Failure | null, Found | null | 'silent', RegExp | null]>([
  ['a new one is there', null, null, found('2', null), null],
  ['a new one is not there', null, null, null, /was not stored: .* took it, and do not have it/],
  ['the store shows that it has it', found(null, false), null, found(null, true), null],
  ['the store shows that it has another', found(null, false), null, found(null, false), /T was not stored/],
  ['the store does not show, and its time moved', found('1', null), null, found('2', null), null],
  ['the store does not show, nor tell times', found(null, null), null, found(null, null), null],
  ['it was refused', found('1', null), refused, found('1', null), /T was not stored: No\./],
  ['the answer was lost, and the time moved', found('1', null), lost, found('2', null), null],
  [
    'the answer was lost, and the time did not move',
    found('1', null),
    lost,
    found('1', null),
    /not known whether T/,
  ],
  ['the answer was lost, and the value is there', found(null, false), lost, found(null, true), null],
  [
    'the answer was lost, and the value is not',
    found(null, false),
    lost,
    found(null, false),
    /T was not stored: No answer/,
  ],
  ['the answer was lost, and a new one is not there', null, lost, null, /T was not stored: No answer/],
  ['the answer was lost, and so is the store', found('1', null), lost, 'silent', /not known whether T/],
  ['all went well, and then the store is gone', found('1', null), null, 'silent', null],
])('%s', async (_, before, ended, after, says) => {
  const store: Store = {
    label: 'the secrets of x',
    formOf: () => 'text',
    refusal: () => null,
    find: async () => (after === 'silent' ? Promise.reject(lost) : after),
    put: async () => (ended === null ? undefined : Promise.reject(ended)),
  };
  const failure = await storeEntry(entry, before, store).then(
    () => null,
    (error: Failure) => error,
  );
  if (says === null) expect(failure).toBeNull();
  else expect(failure?.message).toMatch(says);
});
