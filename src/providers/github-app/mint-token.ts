import type { MintPlan } from '../../core/app-tokens/mint-plan.ts';
import type { MintedToken } from '../../core/app-tokens/minted-token.ts';
import { Failure } from '../../core/failure.ts';
import { maskForms } from '../../core/mask-forms.ts';
import { prose } from '../../core/prose.ts';
import type { AppClient } from './client.ts';
import type { Effects } from './effects.ts';
import { type FindInstallation, isOwner } from './find-installations.ts';
import { difference, type Granted, readGranted } from './granted.ts';
import { type Installation, notTheApi, readInstallation } from './installation.ts';
import { explain, otherFailure, subject } from './mint-failure.ts';
import { type Attempt, foreseen, readRefusal } from './refusal.ts';
import { revokeTokens } from './revoke.ts';
import { lookAgain } from './second-look.ts';

export interface Minting {
  readonly client: AppClient;
  readonly find: FindInstallation;
  readonly effects: Effects;
}

/**
 * Mints what a plan asks for, and nothing else.
 * @throws Failure telling cause and cure.
 */
export async function mintToken(plan: MintPlan, minting: Minting): Promise<MintedToken> {
  const { client, effects } = minting;
  const attempt = await findPlace(plan, minting);
  const named = plan.repositories === 'all' ? {} : { repositories: plan.repositories };
  const answer = await told(attempt, () =>
    client.mint(attempt.installationId, { permissions: plan.permissions, ...named }),
  );
  const granted = readGranted(answer, client.api);
  const account = await checked(granted, attempt, effects);
  return {
    plan,
    token: granted.token,
    expiresAt: new Date(granted.expiresAt.getTime() - (client.clockAhead() ?? 0)),
    mintedAt: effects.now(),
    account,
    repositories: plan.repositories === 'all' ? 'all' : (granted.repositories?.map(({ name }) => name) ?? []),
    permissions: granted.permissions,
    appSlug: client.app.slug ?? attempt.installation?.appSlug ?? null,
    installationId: attempt.installationId,
    api: client.api,
  };
}

type Place = Attempt & { readonly installationId: number };

/** A given id needs no request where the mint's repositories tell whose it is; a token for all lists none. */
async function findPlace(plan: MintPlan, { client, find }: Minting): Promise<Place> {
  const given = plan.takesGivenInstallation ? client.app.installationId : undefined;
  const attempt: Attempt = { plan, client, step: 'find', installationId: null, installation: null };
  if (given === undefined) return usable(await told(attempt, () => find(plan.owner)), attempt);
  const byId: Place = { ...attempt, step: 'mint', installationId: readId(given, plan) };
  return plan.repositories === 'all' ? usable(await lookUp(byId), byId) : byId;
}

function readId(given: string, plan: MintPlan): number {
  if (/^[1-9]\d{0,14}$/.test(given)) return Number(given);
  throw new Failure('mint-failed', `${subject(plan)}: its \`installation-id\` is no number.`, {
    hint: "Copy the number at the end of the installation's address, or leave it out.",
  });
}

async function lookUp(place: Place): Promise<Installation> {
  const answer = await told(place, () => place.client.installationById(place.installationId));
  return readInstallation(answer, place.client.api);
}

function usable(installation: Installation | null, attempt: Attempt): Place {
  if (installation === null) throw explain(foreseen(attempt, 404));
  const place: Place = { ...attempt, step: 'mint', installationId: installation.id, installation };
  if (!isOwner(installation, attempt.plan.owner)) {
    const whose = prose(installation.account, attempt.client.secretForms()) || 'an enterprise';
    throw unlike(attempt, `its installation is that of ${whose}`);
  }
  if (installation.suspended) throw explain(foreseen(place, 403, 'suspended'));
  return place;
}

/**
 * Security rule 16: a token for another owner, or a wider one, is revoked and never used.
 * @returns the owner as the host spells it.
 */
async function checked(granted: Granted, place: Place, effects: Effects): Promise<string> {
  const quote = (text: string) => prose(text, [...place.client.secretForms(), ...maskForms(granted.token)]);
  try {
    const problem = difference(granted, place.plan, quote);
    if (problem !== null) throw unlike(place, problem);
    return granted.repositories?.[0]?.owner ?? (await ownerOf(place));
  } catch (error) {
    const revocable = { api: place.client.api, token: granted.token, mintedAt: effects.now() };
    const alive = await revokeTokens([revocable], effects);
    if (alive.length > 0)
      effects.warn(`${subject(place.plan)}, but one that was minted could not be revoked.`);
    throw error;
  }
}

async function ownerOf(place: Place): Promise<string> {
  const installation = place.installation ?? (await lookUp(place));
  usable(installation, place);
  return installation.account;
}

function unlike({ plan, client }: Attempt, problem: string): Failure {
  const given = plan.takesGivenInstallation && client.app.installationId !== undefined;
  return new Failure('mint-failed', `${subject(plan)}: ${problem}.`, {
    hint: given
      ? 'Leave `installation-id` out, or copy that of this owner. No such token was kept.'
      : 'Write the present names of owner and repositories. No such token was kept.',
  });
}

async function told<T>(attempt: Attempt, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const refusal = readRefusal(error, attempt);
    if (refusal === null) throw otherFailure(error, attempt);
    throw refusal.isGithub ? explain(await lookAgain(refusal)) : notTheApi(attempt.client.api);
  }
}
