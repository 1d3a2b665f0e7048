// Selection must cost what the targets cost: the same 1,000 targets, against 100 and against 10,000 credentials.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compileCatalog } from '../src/core/selection/catalog.ts';
import { choose } from '../src/core/selection/choose.ts';
import { gitProviders } from '../src/providers/index.ts';
import { median, milliseconds } from './measure.mjs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

const rounds = 25;
const owners = 100;
const circumstances = { now: new Date(), environment: null };
const targets = Array.from({ length: 1000 }, (_, index) =>
  target(`org-${index % owners}`, `repository-${index}`),
);

export async function rows() {
  const catalogs = { few: credentials(100), many: credentials(10_000) };
  const times = { few: [], many: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, list] of Object.entries(catalogs)) times[name].push(await selectAll(list));
  }
  const figure = median(times.many) / median(times.few);
  return [{ what: '1,000 targets against 10,000 credentials / against 100', figure, atMost: 1.5 }];
}

/**
 * A fresh catalog each time, its index made by one target before the clock runs: nothing is remembered of the others.
 * What making it left behind is collected before, too.
 */
async function selectAll(list) {
  const catalog = compileCatalog(list, gitProviders);
  choose(catalog, target('nobody', 'nothing'), circumstances);
  collectGarbage();
  return milliseconds(() => {
    for (const one of targets) choose(catalog, one, circumstances);
  });
}

function target(owner, name) {
  const location = { scheme: 'https', host: 'github.com', segments: [owner, name] };
  const rest = { access: 'read', pinned: null, place: null, revision: null, wildcard: false };
  return {
    kind: 'repository',
    given: `https://github.com/${owner}/${name}`,
    provider: 'github',
    location,
    ...rest,
  };
}

function credentials(count) {
  return Array.from({ length: count }, (_, order) => ({
    name: `credential-${order}`,
    provider: 'github',
    base: { scheme: 'https', host: 'github.com', segments: [`org-${order}`] },
    registries: [],
    signIn: { kind: 'token' },
    isDefault: false,
    active: true,
    expires: 'never',
    access: 'both',
    environments: null,
    order,
  }));
}
