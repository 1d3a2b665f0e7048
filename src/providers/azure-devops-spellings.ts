import type { Rewrite, SshPrefix } from '../core/host-rules.ts';
import { encodeSegment, type Location, locationUrl } from '../core/location.ts';
import { ordinaryRewrites } from './ordinary-host.ts';

type Kind = SshPrefix['kind'];

const ends = { host: '/', namespace: '/', repository: '.git' } as const;

/**
 * Other spellings of a place on Azure DevOps: the organisation's own host, and ssh, where the path is another one, so
 * that each project needs its rules: https://learn.microsoft.com/azure/devops/repos/git/use-ssh-keys-to-authenticate
 */
export function azureRewrites(prefix: SshPrefix): readonly Rewrite[] {
  const { location, kind, targets } = prefix;
  if (location.host !== 'dev.azure.com') return ordinaryRewrites(prefix);
  const places = location.segments.length < 2 ? [location, ...projectsOf(targets)] : [location];
  return places.flatMap((place) => [
    ...overHttps(place, place === location ? kind : 'namespace'),
    ...overSsh(place, place === location ? kind : 'namespace'),
  ]);
}

function projectsOf(targets: readonly Location[]): readonly Location[] {
  const projects = targets
    .filter(({ segments }) => segments.length > 1)
    .map((target) => ({ ...target, segments: target.segments.slice(0, 2) }));
  return [...new Map(projects.map((project) => [locationUrl(project), project])).values()];
}

function overHttps(place: Location, kind: Kind): readonly Rewrite[] {
  const [organization, ...below] = place.segments;
  if (organization === undefined) return [];
  const host = `https://${organization.toLowerCase()}.visualstudio.com`;
  const path = below.map((segment) => `/${encodeSegment(segment)}`).join('') + ends[kind];
  const to = locationUrl(place) + ends[kind];
  return ['', '/DefaultCollection'].map((collection) => ({ from: host + collection + path, to }));
}

function overSsh(place: Location, kind: Kind): readonly Rewrite[] {
  const [organization, project, , name] = place.segments.map(encodeSegment);
  if (organization === undefined || project === undefined) return [];
  const repository = kind === 'repository' && name !== undefined ? `${name}.git` : '';
  const to = `https://dev.azure.com/${organization}/${project}/_git/${repository}`;
  const spelt = [`${organization}/${project}/`, `${organization}/${project}/`.toLowerCase()];
  return [...new Set(spelt)].flatMap((path) =>
    starts(path).map((start) => ({ from: start + repository, to })),
  );
}

function starts(path: string): readonly string[] {
  const [organization = '', project = ''] = path.split('/');
  const old = `${organization}@vs-ssh.visualstudio.com`;
  return [
    `git@ssh.dev.azure.com:v3/${path}`,
    `ssh://git@ssh.dev.azure.com/v3/${path}`,
    `ssh://git@ssh.dev.azure.com:22/v3/${path}`,
    `ssh://git@ssh.dev.azure.com:v3/${path}`,
    `${old}:v3/${path}`,
    `ssh://${old}/v3/${path}`,
    `ssh://${old}:22/v3/${path}`,
    `ssh://${old}:22/${project}/_ssh/`,
    `ssh://${old}:22/DefaultCollection/${project}/_ssh/`,
  ];
}
