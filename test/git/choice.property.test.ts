import fc from 'fast-check';
import { expect, test } from 'vitest';
import { locationUrl } from '../../src/core/location.ts';
import { choose } from '../../src/core/selection/choose.ts';
import { gitSections } from '../../src/core/session/git-sections.ts';
import { type Grant, jobToken } from '../../src/core/session/grant.ts';
import type { Scene } from '../../src/core/session/scene.ts';
import { isProblem, parseTarget, parseTargetLine } from '../../src/core/target/parse-target.ts';
import type { RepositoryTarget } from '../../src/core/target/target.ts';
import { app, type Sample, token } from '../core/selection/samples.ts';
import { type SceneOptions, scene } from '../core/session/scene.ts';
import { type Job, startJob } from './job.ts';

const hosts = ['github.com', 'gitlab.com'] as const;
const owners = ['acme', 'Acme', 'acme-evil', 'lab'];
const names = ['app', 'app-evil', 'tool'];
const providers = { 'github.com': 'github', 'gitlab.com': 'gitlab' } as const;

const someHost = fc.constantFrom(...hosts);
const address = fc
  .tuple(someHost, fc.constantFrom(...owners), fc.constantFrom(...names))
  .map((parts) => parts.join('/'));

const sample = fc
  .record({
    host: someHost,
    depth: fc.constantFrom(-1, 0, 1, 1, 1, 2),
    owner: fc.constantFrom(...owners),
    name: fc.constantFrom(...names),
    access: fc.constantFrom('read' as const, 'write' as const, 'both' as const),
    isDefault: fc.boolean(),
    expires: fc.constantFrom(null, 'never' as const, new Date(0)),
    reach: fc.constantFrom('token', 'token', 'all', 'listed', 'names'),
  })
  .map(({ host, depth, owner, name, reach, ...rest }): Omit<Sample, 'name'> => {
    const url = ['https:/', host, owner, name].slice(0, 2 + depth).join('/');
    const signIn =
      reach === 'token' ? token : app(reach === 'names' ? ['tool'] : (reach as 'all' | 'listed'));
    const isApp = host === 'github.com' && depth !== 0;
    return {
      ...rest,
      provider: providers[host],
      ...(depth < 0 ? {} : { url }),
      signIn: isApp ? signIn : token,
    };
  });

const options: fc.Arbitrary<SceneOptions> = fc.record({
  samples: fc
    .array(sample, { minLength: 1, maxLength: 6 })
    .map((list) => list.map((one, index) => ({ ...one, name: `c${index}` }))),
  repositories: fc.array(
    fc
      .tuple(address, fc.constantFrom('', '.git'), fc.constantFrom('', '', ' write'))
      .map(([path, end, access]) => `https://${path}${end}${access}`),
    { maxLength: 5 },
  ),
  own: fc.constantFrom('https://github.com/acme/tool', 'https://github.com/lab/app'),
});

/** Whom git asks for an address: the name in the token that a helper gave. */
async function answerOf(job: Job, url: string): Promise<string | null> {
  const { output } = await job.git(['credential', 'fill'], { input: `url=${url}\n\n` });
  return /^password=canary-(.*)$/m.exec(output)?.[1] ?? null;
}

/** What selection says, as far as its credential has a sign-in that reaches there. */
function expected(
  target: RepositoryTarget,
  { grants, selections, catalog, circumstances }: Scene,
): string | null {
  const key = ({ location }: Pick<RepositoryTarget, 'location'>) => locationUrl(location).toLowerCase();
  const asked = selections
    .filter((one) => one.target.kind === 'repository' && key(one.target) === key(target))
    .sort((a, b) => b.target.access.localeCompare(a.target.access))[0];
  const claims = (grant: Grant | Scene['grants'][number]) =>
    grant.git.some((prefix) => `${key(target)}/`.startsWith(`${key(prefix)}/`));
  const own = grants.some((grant) => grant.credential === jobToken && claims(grant));
  if (asked === undefined && own) return jobToken;
  const credential = (asked ?? choose(catalog, target, circumstances)).credential?.name ?? null;
  return grants.some((grant) => grant.credential === credential && claims(grant)) ? credential : null;
}

/**
 * git tells case apart, so a spelling that nothing names is served by the place above it, as docs/selection.md says:
 * by whom, or undefined where the spelling makes no difference.
 */
function servedFromAbove(url: string, known: Scene): string | null | undefined {
  const deepest = (spelt: (text: string) => string) =>
    gitSections(known)
      .filter(({ prefix }) => `${spelt(url)}/`.startsWith(`${spelt(locationUrl(prefix.location))}/`))
      .toSorted(
        (one, other) => other.prefix.location.segments.length - one.prefix.location.segments.length,
      )[0];
  const [asWritten, inAnyCase] = [deepest((text) => text), deepest((text) => text.toLowerCase())];
  if (asWritten?.prefix.location.segments.length === inAnyCase?.prefix.location.segments.length) return;
  return asWritten?.does === 'sign-in' ? asWritten.grant.credential : null;
}

/** Its ssh address may go to https with a repository that is served without `.git` and whose name it begins with. */
function isUnknownNeighbour(url: string, known: Scene): boolean {
  const sections = gitSections(known).map(({ prefix }) => ({ at: locationUrl(prefix.location), ...prefix }));
  const isAlike = sections.some(({ at, bare }) => bare && url.startsWith(at) && url !== at);
  return isAlike && !sections.some(({ at }) => at === url);
}

/** The job's own token is asked for last where nobody of ours is above it, and takes no ssh address from a key. */
function yields(url: string, known: Scene): boolean {
  return gitSections(known).some(
    (section) =>
      section.does === 'sign-in' &&
      section.yields &&
      `${locationUrl(section.prefix.location)}.git`.toLowerCase() === url.toLowerCase(),
  );
}

test('git chooses as selection does, for targets and for all below what is written', async () => {
  await fc.assert(
    fc.asyncProperty(options, fc.array(address, { maxLength: 4 }), async (given, others) => {
      using job = startJob();
      await job.setUp(given);
      const known = scene(given);
      const written = gitSections(known).flatMap(({ prefix, does }) =>
        does === 'guard' ? [] : [locationUrl(prefix.location), `${locationUrl(prefix.location)}.git`],
      );
      const targets = (given.repositories ?? []).map((line) => line.replace(/(?:\.git)?(?: write)?$/, ''));
      for (const url of [...targets, ...others.map((path) => `https://${path}`)]) {
        const target = parseTarget(known.hosts, parseTargetLine(url, 'repository'));
        if (isProblem(target) || target.kind === 'registry') throw new Error('no repository');
        for (const spelt of [url, `${url}.git`]) {
          const isBelow = written.some((prefix) => `${spelt}/`.startsWith(`${prefix}/`));
          const above = servedFromAbove(url, known);
          const who = above !== undefined ? above : isBelow ? expected(target, known) : null;
          expect([spelt, await answerOf(job, spelt)]).toEqual([spelt, who]);
        }
        if (isUnknownNeighbour(url, known)) continue;
        const who = await answerOf(job, `${url}.git`);
        const ssh = `${url.replace(/^https:\/\/([^/]+)\//, 'git@$1:')}.git`;
        const { output } = await job.git(['ls-remote', '--get-url', ssh]);
        const went = output.trim().toLowerCase();
        const stays = who === null || yields(`${url}.git`, known);
        expect([ssh, went]).toEqual([ssh, (stays ? ssh : `${url}.git`).toLowerCase()]);
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);
