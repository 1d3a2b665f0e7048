import { describe, expect, test } from 'vitest';
import type { Weather } from '../fakes/hosts/hosts.ts';
import { runCase } from '../providers/check/hosts-table.ts';
import { sceneSecret, scenes } from './check/scenes.ts';

const loginPage = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!DOCTYPE html><title>Sign in</title>',
};

/** What becomes of credential and target; `git` has no API that could be asked. */
const weathers: [name: string, weather: Weather, credential: string, target: string][] = [
  ['is down', 'down', 'unreachable', 'unreachable'],
  ['never answers', 'silent', 'unreachable', 'unreachable'],
  ['is overloaded', { status: 503, body: 'overloaded' }, 'unreachable', 'unreachable'],
  [
    'limits for an hour',
    { status: 429, headers: { 'retry-after': '3600' }, body: 'slow' },
    'unknown',
    'unknown',
  ],
  ['shows a login page', loginPage, 'invalid', 'denied'],
  [
    'sends to a login page',
    { status: 302, headers: { location: 'https://sso.example.com/login?to=x' } },
    'invalid',
    'denied',
  ],
  [
    'sends elsewhere',
    { status: 301, headers: { location: 'https://new.example.com/x' } },
    'insufficient',
    'denied',
  ],
];

describe('a host that', () => {
  test.concurrent.each(weathers)('%s', async (_name, weather, credential, target) => {
    const outcomes = Object.entries(scenes).map(async ([host, scene]) => {
      const named = scene.target === undefined ? {} : { target: scene.target };
      const result = await runCase(scene, { secret: sceneSecret, weather, ...named });
      expect(JSON.stringify([result.credential, result.found])).not.toContain('canary');
      return [host, result.credential?.status, result.found?.status];
    });
    const untold = target === 'denied' ? 'insufficient' : 'unknown';
    expect(await Promise.all(outcomes)).toEqual(
      Object.keys(scenes).map((host) => [host, host === 'git' ? untold : credential, target]),
    );
  });
});
