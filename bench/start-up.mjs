// What each door costs before it does anything, against `node -e 0`.
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { node, roundRobin, run } from './measure.mjs';
import { dist } from './places.mjs';

const env = { PATH: process.env.PATH, HOME: tmpdir() };
/** Each ends as soon as it knows that there is nothing to do. */
const doors = { main: [[], 1], post: [[], 0], cli: [['--help'], 0], check: [[], 1] };

export async function rows() {
  const here = Object.entries(doors).filter(([name]) => existsSync(dist(name)));
  const contestants = Object.fromEntries(
    here.map(([name, [args, exit]]) => [name, () => run(node, [dist(name), ...args], { env, exit })]),
  );
  const ratio = await roundRobin({ nothing: () => run(node, ['-e', '0'], { env }), ...contestants }, 25);
  return here.map(([name]) => ({
    what: `start-up of ${name} / node -e 0`,
    figure: ratio(name, 'nothing'),
  }));
}
