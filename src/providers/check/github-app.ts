import { beyond, type Permissions } from '../../core/app-tokens/permissions.ts';
import { alive, dead, type HostAnswer, unknown, unreached } from '../../core/check/answer.ts';
import { clause } from '../../core/check/clause.ts';
import { Failure } from '../../core/failure.ts';
import { objectAt, objectOf } from '../../core/json.ts';
import type { Purpose } from '../../core/manifest/manifest.ts';
import type { AppClient } from '../github-app/client.ts';
import { type Installation, readInstallation } from '../github-app/installation.ts';
import { loginPage } from './reply.ts';

/** Asks GitHub about an App: whether it takes the key, and whose it is. */
export async function askApp(client: AppClient, quote: (text: string) => string): Promise<HostAnswer> {
  try {
    const { slug } = objectOf(await client.self());
    if (typeof slug !== 'string') return dead(...loginPage(new URL(client.api).host));
    return alive({ identity: quote(slug) });
  } catch (error) {
    return refused(error, client, quote);
  }
}

function refused(error: unknown, client: AppClient, quote: (text: string) => string): HostAnswer {
  const { name, status, response, cause } = objectOf(error);
  const failure = error instanceof Failure ? error : cause instanceof Failure ? cause : null;
  if (failure?.code === 'interrupted' || name === 'AbortError') throw error;
  if (failure !== null) {
    const told = failure.code === 'unreachable' ? unreached : unknown;
    return told(clause(failure.message), failure.hint);
  }
  if (typeof status !== 'number' || response === undefined)
    return dead(
      'its `private-key` cannot sign',
      "Give the PEM file that GitHub made on the App's page, whole.",
    );
  const { message } = objectAt(objectOf(response), 'data');
  const said = typeof message === 'string' ? quote(message) : '';
  if (status === 404 || /integration (?:not found|must)/i.test(said))
    return dead(
      `${new URL(client.api).host} knows no App by its \`client-id\` or \`app-id\``,
      "Copy the client id from the App's page.",
    );
  if (status === 401)
    return dead(
      `GitHub does not accept its signature ("${said}")`,
      "`private-key` and `client-id` must be of one App, and the key still on the App's page.",
    );
  if (status >= 500) return unreached(`GitHub answered ${status}`, 'Try again later.');
  return unknown(
    `GitHub answered ${status}${said === '' ? '' : ` ("${said}")`}`,
    'Run the check again later.',
  );
}

/** What an App would have to be granted for the purposes that need more than contents. */
const wanted: Readonly<Partial<Record<Purpose, Permissions>>> = {
  webhooks: { repository_hooks: 'write' },
  'pull-requests': { pull_requests: 'write' },
  packages: { packages: 'read' },
};

/** Whether these purposes take permissions that no mint asks for. */
export function needsMore(purposes: readonly Purpose[]): boolean {
  return purposes.some((purpose) => wanted[purpose] !== undefined);
}

/** The App's place at an owner; null when it is not installed there, or nobody tells. */
export async function installationAt(client: AppClient, owner: string): Promise<Installation | null> {
  try {
    return readInstallation(await client.installationOfOwner(owner), client.api);
  } catch {
    return null;
  }
}

/** What an installation lacks, in words that name no owner. */
export function lacking(
  installation: Installation | null,
  { permissions, purposes }: { readonly permissions: Permissions; readonly purposes: readonly Purpose[] },
): readonly string[] {
  if (installation === null) return ['an installation at every owner'];
  if (installation.suspended) return ['an installation that is not suspended'];
  const further = purposes.map((purpose): Permissions => wanted[purpose] ?? {});
  const needs: readonly Permissions[] = [permissions, ...further];
  return [...new Set(needs.flatMap((some) => beyond(some, installation.permissions)))];
}
