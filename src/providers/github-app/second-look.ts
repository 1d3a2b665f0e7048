import { beyond } from '../../core/app-tokens/permissions.ts';
import { objectOf } from '../../core/json.ts';
import { readInstallation } from './installation.ts';
import type { Refusal } from './refusal.ts';

/** The most repositories that are looked at one by one. */
const mostAsked = 10;

/**
 * Finds out what GitHub does not say: which repository or which permission a refused mint lacked. Only reads, and
 * only after a refusal; whatever fails here leaves the refusal as it was.
 */
export async function lookAgain(refusal: Refusal): Promise<Refusal> {
  if (refusal.status !== 422) return refusal;
  try {
    return /permission/i.test(refusal.message)
      ? await withPermissions(refusal)
      : await withRepositories(refusal);
  } catch {
    return refusal;
  }
}

async function withPermissions(refusal: Refusal): Promise<Refusal> {
  const { plan, client, installationId } = refusal;
  if (installationId === null) return refusal;
  const found =
    refusal.installation ?? readInstallation(await client.installationById(installationId), client.api);
  return { ...refusal, installation: found, missing: beyond(plan.permissions, found.permissions) };
}

async function withRepositories(refusal: Refusal): Promise<Refusal> {
  const { plan, client } = refusal;
  const names = plan.repositories === 'all' ? [] : plan.repositories.slice(0, mostAsked);
  const answers = await Promise.allSettled(
    names.map((name) => client.installationOfRepository(plan.owner, name)),
  );
  return { ...refusal, missing: names.filter((_name, index) => isNotFound(answers[index])) };
}

function isNotFound(answer: PromiseSettledResult<unknown> | undefined): boolean {
  return answer?.status === 'rejected' && objectOf(answer.reason).status === 404;
}
