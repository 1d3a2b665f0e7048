import type { AppClient } from './client.ts';
import { type Installation, notTheApi, readInstallation } from './installation.ts';

/** Null: the App is not installed there. */
export type FindInstallation = (owner: string) => Promise<Installation | null>;

/**
 * Finds the installations of these owners by the fewest requests: one for one owner; for several one listing, and
 * where that has further pages, those or one request for each owner left, whichever is less.
 */
export function findInstallations(client: AppClient, owners: readonly string[]): FindInstallation {
  if (owners.length < 2) return once((owner) => ofOwner(client, owner));
  const found = listed(client, owners);
  return async (owner) => (await found)(owner);
}

async function listed(client: AppClient, owners: readonly string[]): Promise<FindInstallation> {
  const first = await client.installations(1);
  const known = [...readList(first.list, client)];
  const missing = owners.filter((owner) => !known.some((one) => isOwner(one, owner)));
  const pages = first.lastPage - 1;
  if (missing.length > 0 && pages > missing.length)
    return once(async (owner) => among(known, owner) ?? ofOwner(client, owner));
  const further = Array.from({ length: missing.length === 0 ? 0 : pages }, (_none, index) => index + 2);
  const lists = await Promise.all(further.map((page) => client.installations(page)));
  known.push(...lists.flatMap(({ list }) => readList(list, client)));
  return async (owner) => among(known, owner);
}

function readList(list: unknown, { api }: AppClient): readonly Installation[] {
  if (!Array.isArray(list)) throw notTheApi(api);
  return list.map((one) => readInstallation(one, api));
}

function among(known: readonly Installation[], owner: string): Installation | null {
  return known.find((one) => isOwner(one, owner)) ?? null;
}

/** GitHub's logins have no case. */
export function isOwner({ account }: Pick<Installation, 'account'>, owner: string): boolean {
  return account.toLowerCase() === owner.toLowerCase();
}

async function ofOwner(client: AppClient, owner: string): Promise<Installation | null> {
  return readInstallation(await client.installationOfOwner(owner), client.api);
}

function once(find: (owner: string) => Promise<Installation | null>): FindInstallation {
  const asked = new Map<string, Promise<Installation | null>>();
  return (owner) => {
    const key = owner.toLowerCase();
    const answer = asked.get(key) ?? find(owner);
    asked.set(key, answer);
    return answer;
  };
}
