import * as v from 'valibot';
import { type CredentialKey, credentialKeys } from './credential-keys.ts';
import { about, code, line } from './values.ts';

/**
 * What may stand in a manifest: validation and the JSON Schema both come from here. Shapes only: what depends on the
 * provider or on other values is checked when a credential is built from them.
 */
const access = about(
  v.picklist(['read', 'write'], code('target-access-invalid')),
  'What the job does there; `read` when left out.',
);
const pin = about(line, 'Name of the credential to use, whatever the ranking says.', 'acme-app');
const repository = about(line, 'Address of a repository.', 'https://github.com/acme/rnaseq');
const registry = about(line, 'Registry host, namespace or image.', 'docker.io', 'ghcr.io/acme');

const repositoryTarget = v.union(
  [
    about(repository, 'Address of a repository; `/*` at the end means every repository directly below.'),
    v.strictObject({
      url: repository,
      access: v.optional(access),
      revision: v.optional(about(line, 'Branch, tag or commit that must exist.', 'v2.1.0')),
      credential: v.optional(pin),
    }),
  ],
  code('target-invalid'),
);

const registryTarget = v.union(
  [registry, v.strictObject({ registry, access: v.optional(access), credential: v.optional(pin) })],
  code('target-invalid'),
);

const version = v.pipe(
  v.picklist(['1'], code('version-unknown')),
  v.metadata({ type: ['integer', 'string'], enum: [1, '1'] }),
);

/** A credential with some of the keys; the `provider` of one definition is one name, for the JSON Schema. */
export function credentialDefinition<Provider extends v.GenericSchema<string>>(
  provider: Provider,
  keys: readonly CredentialKey[],
  required: readonly CredentialKey[] = [],
) {
  const entries = Object.fromEntries(
    keys.map((key) => [key, required.includes(key) ? credentialKeys[key] : v.optional(credentialKeys[key])]),
  ) as AnyKeys;
  return v.strictObject({ ...entries, name: credentialKeys.name, provider }, code('mapping-expected'));
}

/** To TypeScript every credential may have every key; which ones go together is checked by `sign-in.ts`. */
type AnyKeys = {
  [Key in Exclude<CredentialKey, 'name' | 'provider'>]: v.OptionalSchema<
    (typeof credentialKeys)[Key],
    undefined
  >;
};

/** The whole document, with the given definition of one credential. */
export function manifestDefinition<Credential extends v.GenericSchema>(credential: Credential) {
  return v.strictObject(
    {
      $schema: v.optional(about(line, 'Where the JSON Schema is, for editors.')),
      version: about(version, 'Always 1.'),
      credentials: v.optional(
        about(v.array(credential, code('list-expected')), 'How to sign in, and where.'),
      ),
      repositories: v.optional(
        about(
          v.array(repositoryTarget, code('list-expected')),
          'The repositories that jobs need. With none, every active credential is set up.',
        ),
      ),
      registries: v.optional(
        about(
          v.array(registryTarget, code('list-expected')),
          'The registries that jobs need. With none, every active credential is set up.',
        ),
      ),
    },
    code('mapping-expected'),
  );
}

const anyKey = Object.keys(credentialKeys) as CredentialKey[];

/** What validation goes by: any key of any provider, so that every problem of a credential is found at once. */
export const manifestShape = manifestDefinition(credentialDefinition(credentialKeys.provider, anyKey));

export type RawManifest = v.InferOutput<typeof manifestShape>;
export type RawCredential = NonNullable<RawManifest['credentials']>[number];
export type RawRepository = NonNullable<RawManifest['repositories']>[number];
export type RawRegistry = NonNullable<RawManifest['registries']>[number];
