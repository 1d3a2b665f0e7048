import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import type { ProviderFacts } from '../provider-facts.ts';
import { type CredentialFacts, credentialFacts, keysOf } from './credential-facts.ts';
import { type CredentialKey, credentialKeys } from './credential-keys.ts';
import { credentialDefinition, manifestDefinition } from './definitions.ts';
import { about, env, file } from './values.ts';

/** The JSON Schema of a manifest, from the definitions that validate it, so that editors complete what is read. */
export function manifestJsonSchema(providers: readonly ProviderFacts[]): Readonly<Record<string, unknown>> {
  const definition = manifestDefinition(v.union(credentialFacts(providers).map(definitionOf)));
  const { provider: _, ...keys } = credentialKeys;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Manifest of pipeline-credentials, version 1',
    ...toJsonSchema(definition, { ignoreActions: ['check'], definitions: { ...keys, env, file } }),
  };
}

function definitionOf(facts: CredentialFacts) {
  const { provider, aliases, needsUrl } = facts;
  const name = about(v.picklist([provider, ...aliases]), 'The kind of host.');
  const required: readonly CredentialKey[] = [
    ...(provider === 'registry' ? (['registry'] as const) : []),
    ...(needsUrl ? (['url'] as const) : []),
  ];
  return v.pipe(credentialDefinition(name, keysOf(facts), required), v.title(provider));
}
