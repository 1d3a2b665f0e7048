import { createPublicKey, randomBytes } from 'node:crypto';
import { newPrivateKey } from './seed-app.ts';
import { type App, addAccount, clock, type Permissions, type State } from './state.ts';

/** What an App's manifest may say, as far as it matters here. */
export interface ManifestOfApp {
  readonly name: string;
  readonly url: string;
  readonly redirectUrl: string;
  readonly permissions: Permissions;
  readonly hasWebhook: boolean;
}

const longestName = 34;

/** Reads the field `manifest` of the form, or says what GitHub would refuse. */
export function readManifestOfApp(text: string): ManifestOfApp | string {
  const manifest = parsed(text);
  const { name, url, redirect_url, hook_attributes, default_permissions } = manifest;
  if (typeof url !== 'string') return "'url' wasn't supplied";
  if (typeof redirect_url !== 'string' || !URL.canParse(redirect_url)) return "'redirect_url' must be a URL";
  const hook = hook_attributes as { url?: unknown } | undefined;
  if (hook !== undefined && typeof hook.url !== 'string') return "Hook 'url' wasn't supplied";
  if (hook !== undefined && /localhost|127\.0\.0\.1/.test(String(hook.url)))
    return "Hook url isn't reachable over the public Internet";
  return {
    name: typeof name === 'string' ? name : '',
    url,
    redirectUrl: redirect_url,
    permissions: (default_permissions ?? {}) as Permissions,
    hasWebhook: hook !== undefined,
  };
}

/** Makes an App and the code that fetches its keys, or says what GitHub would refuse. */
export async function appFromManifest(
  state: State,
  manifest: ManifestOfApp,
  owner: string,
): Promise<{ readonly app: App; readonly code: string } | string> {
  const { name } = manifest;
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (slug === '') return "Name can't be blank";
  if (name.length > longestName) return `Name is too long (maximum is ${longestName} characters)`;
  if (state.apps.some((app) => app.slug === slug)) return 'Name is already taken';
  const privateKey = await newPrivateKey();
  const id = state.nextId();
  const app: App = {
    id,
    clientId: `Iv23demo${String(id).padStart(12, '0')}`,
    slug,
    name,
    owner: addAccount(state, owner),
    privateKey,
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    permissions: { metadata: 'read', ...manifest.permissions },
    externalUrl: manifest.url,
    clientSecret: randomBytes(20).toString('hex'),
    webhookSecret: manifest.hasWebhook ? randomBytes(20).toString('hex') : null,
  };
  state.apps.push(app);
  const code = randomBytes(20).toString('hex');
  state.appCodes.set(code, { app, createdAt: clock(state) });
  return { app, code };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
