import type * as v from 'valibot';
import { type Fault, isFault } from '../fault.ts';
import { readPrivateKey } from '../private-key.ts';
import { Secret } from '../secret.ts';
import type { app } from './credential-keys.ts';
import type { Reference, ReferencedSignIn } from './manifest.ts';
import type { Spot } from './reading.ts';
import { placeOf, report } from './reading.ts';
import { type RawReference, toReference } from './reference.ts';

export type RawApp = v.InferOutput<typeof app>;

type AppReferenceKey = Exclude<keyof RawApp, 'permissions' | 'repositories'>;

/** How a GitHub App signs in; null when it is not clear which App, which is reported. */
export function buildApp(raw: RawApp, spot: Spot): ReferencedSignIn | null {
  const maybe = (key: AppReferenceKey): Reference | undefined => {
    const value: RawReference | undefined = raw[key];
    return value === undefined ? undefined : toReference(value, placeOf(spot.reading, [...spot.path, key]));
  };
  const issuer = maybe('client-id') ?? maybe('app-id');
  const privateKey = maybe('private-key');
  reportIds(raw, spot);
  reportKey(raw['private-key'], spot);
  if (issuer === undefined || privateKey === undefined) return null;
  return {
    kind: 'app',
    issuer,
    privateKey,
    installationId: maybe('installation-id'),
    permissions: underscored(raw.permissions ?? {}),
    repositories: raw.repositories ?? 'listed',
    slug: maybe('slug'),
    clientSecret: maybe('client-secret'),
    webhookSecret: maybe('webhook-secret'),
  };
}

/** GitHub's own names have underscores; in manifests dashes are as good. */
function underscored<Level>(permissions: Readonly<Record<string, Level>>): Readonly<Record<string, Level>> {
  return Object.fromEntries(
    Object.entries(permissions).map(([name, level]) => [name.replaceAll('-', '_'), level]),
  );
}

function reportIds(raw: RawApp, { reading, path }: Spot): void {
  const { 'client-id': clientId, 'app-id': appId } = raw;
  if (clientId === undefined && appId === undefined) report(reading, path, idMissing);
  if (clientId !== undefined && appId !== undefined) report(reading, [...path, 'app-id'], idTwice);
  if (typeof clientId === 'string' && /^\d+$/.test(clientId))
    report(reading, [...path, 'client-id'], notClientId);
  if (typeof appId === 'string' && !/^\d+$/.test(appId)) report(reading, [...path, 'app-id'], notAppId);
}

/** A literal key can be judged at once; the others when they are resolved. */
function reportKey(raw: RawReference | undefined, { reading, path }: Spot): void {
  const key = typeof raw === 'string' ? readPrivateKey(new Secret(raw)) : null;
  if (isFault(key)) report(reading, [...path, 'private-key'], key);
}

const idMissing: Fault = {
  code: 'app-id-missing',
  message: 'The App has neither `client-id` nor `app-id`.',
  hint: "Add `client-id`: it stands on the App's settings page.",
};
const idTwice: Fault = {
  code: 'app-id-ambiguous',
  message: 'The App has both `client-id` and `app-id`.',
  hint: 'Keep `client-id`.',
};
const notClientId: Fault = {
  code: 'client-id-invalid',
  message: 'A client ID is not a number: this looks like the id of the App or of an installation.',
  hint: "Write `app-id` for the App's id, or take the client ID (Iv...) from the App's settings page.",
};
const notAppId: Fault = {
  code: 'app-id-invalid',
  message: 'The id of an App is a number.',
  hint: 'Write `client-id` for a client ID (Iv...).',
};
