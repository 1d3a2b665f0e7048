import type { JsonObject } from '../json.ts';
import { Secret } from '../secret.ts';
import { buildxFiles } from './buildx-files.ts';
import { containersAuth } from './containers-auth.ts';
import { dockerConfig } from './docker-config.ts';
import { type DockerHost, dockerHosts } from './docker-hosts.ts';
import { registryScopes, type SettledScope } from './registry-scopes.ts';
import type { Scene } from './scene.ts';
import { nothing, type SessionFile, type SessionPlan, type SessionSetting } from './session-plan.ts';
import { dockerWarnings } from './session-warnings.ts';

/** What a session writes for docker, podman and their kin. */
export function planDocker(scene: Scene, setting: SessionSetting): SessionPlan {
  const { folder, docker, dockerFacts, env } = setting;
  const scopes = docker === 'none' ? [] : registryScopes(scene);
  if (!scopes.some(({ grant }) => grant !== null)) return nothing;
  const logins = dockerHosts(scopes, scene.selections, dockerFacts.seed.config);
  const containers = `${folder}/containers/auth.json`;
  const buildx = docker === 'home' ? [] : buildxFiles(scopes, logins, scene.selections);
  const ownBuildx = buildx.length > 0 && (env.BUILDX_CONFIG ?? '') !== '';
  return {
    ...nothing,
    files: [...dockerFiles(scopes, logins, setting), ...buildx],
    environment: {
      ...(docker === 'home' ? {} : { DOCKER_CONFIG: `${folder}/docker` }),
      ...(ownBuildx ? { BUILDX_CONFIG: `${folder}/docker/buildx` } : {}),
      REGISTRY_AUTH_FILE: containers,
      APPTAINER_AUTH_FILE: containers,
    },
    warnings: [
      ...logins.flatMap(({ warning }) => warning ?? []),
      ...dockerWarnings(logins, env),
      ...homeWarning(docker),
    ],
    dockerHome: docker === 'home' ? logins : null,
  };
}

function dockerFiles(
  scopes: readonly SettledScope[],
  logins: readonly DockerHost[],
  { docker, dockerFacts }: SessionSetting,
): readonly SessionFile[] {
  const { seed, containers } = dockerFacts;
  const auth = { name: 'containers/auth.json', content: jsonFile(containersAuth(containers, scopes)) };
  if (docker === 'home') return [auth];
  const closed = scopes.flatMap(({ scope, grant }) => (grant === null ? [scope] : []));
  return [{ name: 'docker/config.json', content: jsonFile(dockerConfig(seed, logins, closed)) }, auth];
}

function jsonFile(object: JsonObject): Secret {
  return new Secret(`${JSON.stringify(object, null, 2)}\n`);
}

/** Security rule 24: what is given up is said. */
function homeWarning(docker: SessionSetting['docker']): readonly string[] {
  if (docker !== 'home') return [];
  return [
    "docker: home: until cleanup, every job of this user signs in with what is in the user's own docker file.",
  ];
}
