import { Failure } from '../../core/failure.ts';
import {
  type CredentialFacts,
  credentialFacts,
  findFacts,
  signInKeys,
} from '../../core/manifest/credential-facts.ts';
import type { Plain } from '../../core/manifest/edit/plain.ts';
import type { SignInKind } from '../../core/manifest/manifest.ts';
import { gitProviders } from '../../providers/index.ts';
import type { KeepingContext } from './context.ts';

/** A credential as far as a person has told of it: the keys that are no secrets, by name. */
export interface Draft {
  readonly name: string;
  readonly fields: Readonly<Record<string, Plain>>;
  /** The key that gets the secret; null for the provider's usual one. */
  readonly secretKey: string | null;
}

export interface Complete extends Draft {
  readonly facts: CredentialFacts;
  readonly secretKey: string;
}

/**
 * A draft with what it cannot do without: asked for on a terminal.
 * @throws Failure `usage` that names the flags that are missing.
 */
export async function completeDraft(draft: Draft, context: KeepingContext): Promise<Complete> {
  const provider = String(draft.fields.provider ?? (await askProvider(context)));
  const facts = findFacts(allFacts, provider);
  if ('meant' in facts) throw unknownProvider(facts.meant);
  const secretKey = draft.secretKey ?? usualKey(facts);
  const fields: Record<string, Plain> = { provider, ...draft.fields };
  for (const [key, question] of wanted(facts, secretKey, fields)) {
    const answer = await askFor(key, question, context);
    if (answer !== '') fields[key] = answer;
  }
  return { ...draft, fields, facts, secretKey };
}

const allFacts = credentialFacts(gitProviders);

/** The secret among the keys of a provider's first way to sign in. */
function usualKey({ signIns }: CredentialFacts): string {
  const [kind = 'token'] = signIns;
  return kind === 'aws' ? 'secret-access-key' : (signInKeys[kind][0] ?? kind);
}

/** Whether a key holds a secret of many lines. */
export function isKeyOfLines(secretKey: string): boolean {
  return ['ssh-key', 'google-key', 'private-key'].includes(secretKey);
}

function wanted(
  facts: CredentialFacts,
  secretKey: string,
  fields: Readonly<Record<string, Plain>>,
): readonly (readonly [string, string])[] {
  const places = ['url', 'organization', 'group', 'workspace', 'registry'];
  const isPlaced = places.some((key) => fields[key] !== undefined);
  const place = facts.provider === 'registry' ? 'registry' : 'url';
  const needsUser = facts.needsUsername.includes(kindOf(secretKey)) && fields.username === undefined;
  return [
    ...(isPlaced ? [] : ([[place, questions[place] ?? '']] as const)),
    ...(needsUser ? ([['username', 'User name: ']] as const) : []),
    ...(secretKey === 'secret-access-key' && fields['access-key-id'] === undefined
      ? ([['access-key-id', 'AWS access key id: ']] as const)
      : []),
  ];
}

function kindOf(secretKey: string): SignInKind {
  const found = Object.entries(signInKeys).find(([, keys]) => keys.some((key) => key === secretKey));
  return (found?.[0] ?? 'token') as SignInKind;
}

const questions: Readonly<Record<string, string>> = {
  url: 'Base URL, what it is for (https://github.com/acme): ',
  registry: 'Registry, with a namespace if it is for that only (ghcr.io/acme): ',
};

async function askProvider({ ask }: KeepingContext): Promise<string> {
  const names = allFacts.map(({ provider }) => provider).join(', ');
  if (ask === null) throw missing('provider');
  return ask.line(`Provider (${names}): `);
}

async function askFor(key: string, question: string, { ask }: KeepingContext): Promise<string> {
  if (ask === null) {
    if (key === 'url') return '';
    throw missing(key);
  }
  return ask.line(question);
}

function missing(flag: string): Failure {
  return new Failure('usage', `--${flag} is missing.`, {
    hint: 'Nobody is here to be asked: give it as a flag, or run this on a terminal.',
  });
}

function unknownProvider(meant: string | null): Failure {
  return new Failure('usage', 'There is no such provider.', {
    hint:
      meant === null
        ? `It is one of ${allFacts.map(({ provider }) => provider).join(', ')}.`
        : `Write ${meant}.`,
  });
}
