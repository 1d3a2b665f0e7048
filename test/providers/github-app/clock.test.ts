import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Forge, startForge } from '../../../src/demo/forge.ts';
import { span } from '../../../src/providers/github-app/clock.ts';
import { mintOn, ownKey } from './minting.ts';

const minute = 60_000;
const hour = 60 * minute;

async function forgeAhead(milliseconds: number): Promise<Forge> {
  const made = await startForge({
    repositories: [{ name: 'acme/rnaseq' }],
    apps: [{ slug: 'pipelines', privateKey: ownKey, installations: [{ account: 'acme' }] }],
  });
  made.state.clockSkewMs = milliseconds;
  return made;
}

let forge: Forge;
beforeAll(async () => {
  forge = await forgeAhead(0);
});
beforeEach(() => {
  forge.state.clockSkewMs = 0;
  forge.traffic.requests.length = 0;
});
afterAll(() => forge.close());

const asked = { base: 'acme', targets: ['acme/rnaseq'] };

/** The times of issue of the JWTs that a forge accepted, relative to now in minutes. */
function issued({ traffic }: Forge): readonly number[] {
  return traffic.requests
    .filter(({ status }) => (status ?? 500) < 300)
    .map(({ header }) => JSON.parse(Buffer.from(header.split('.')[1] ?? '', 'base64url').toString()).iat)
    .map((iat) => Math.round((iat * 1000 - Date.now()) / minute));
}

describe('rule 17: a host may pull the clock by a day at most, and only its own', () => {
  test.each([
    ['3 hours ahead of', 3 * hour],
    ['3 hours behind', -3 * hour],
    ['20 minutes ahead of', 20 * minute],
    ['20 minutes behind', -20 * minute],
    ['23 hours behind', -23 * hour],
  ])('a host whose clock is %s ours is signed in to by its clock, with one warning', async (words, ahead) => {
    forge.state.clockSkewMs = ahead;
    const { tokens, warnings } = await mintOn(forge, asked);
    expect(tokens).toHaveLength(1);
    expect(Math.abs(Number(tokens[0]?.expiresAt) - Date.now() - hour)).toBeLessThan(minute);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`The clock of ${forge.host} is ${words} this machine's`);
    expect(warnings[0]).toContain('NTP');
  });

  test.each([
    ['3 days ahead of', 72 * hour],
    ['25 hours behind', -25 * hour],
  ])('a host whose clock is %s ours is not believed', async (words, ahead) => {
    forge.state.clockSkewMs = ahead;
    const { tokens, failures, requests } = await mintOn(forge, asked);
    expect(tokens).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(failures[0]?.failure.message).toContain(`the clocks disagree: theirs is ${words} this machine's`);
    expect(failures[0]?.failure.hint).toContain('NTP');
  });

  test('a host that does not tell its time is not guessed at', async () => {
    const body = { message: "'Expiration time' claim ('exp') is too far in the future" };
    forge.traffic.fail('/installation', { status: 401, headers: { date: 'never' }, body });
    const { failures, requests } = await mintOn(forge, asked);
    expect(requests).toHaveLength(1);
    expect(failures[0]?.failure.message).toContain('the host does not tell its time');
  });

  test("the clock of one host corrects only that host's JWT", async () => {
    const other = await forgeAhead(5 * hour);
    const [skewed, right] = await Promise.all([mintOn(other, asked), mintOn(forge, asked)]);
    expect([skewed.tokens.length, right.tokens.length]).toEqual([1, 1]);
    expect(issued(other).every((minutes) => Math.abs(minutes - 300) <= 1)).toBe(true);
    expect(issued(forge).every((minutes) => Math.abs(minutes) <= 1)).toBe(true);
    expect(right.warnings).toEqual([]);
    await other.close();
  });
});

describe('span', () => {
  test.each([
    [1000, '1 second'],
    [-40_000, '40 seconds'],
    [5 * minute, '5 minutes'],
    [-3 * hour, '3 hours'],
    [25 * hour, '25 hours'],
    [49 * hour, '2 days'],
  ])('%d milliseconds are %s', (milliseconds, words) => {
    expect(span(milliseconds)).toBe(words);
  });
});
