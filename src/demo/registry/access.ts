import { randomBytes } from 'node:crypto';
import type { Authorization } from '../authorization.ts';

export interface RegistryUser {
  readonly username: string;
  readonly password: string;
  /** `team` or `team/app`: everything below by whole segments. All by default. */
  readonly namespaces?: readonly string[];
  /** `write` by default. */
  readonly access?: 'read' | 'write';
}

export interface Access {
  /** A repository's name. */
  readonly name: string;
  readonly actions: readonly string[];
}

/** Who may do what, and the tokens given out for it. */
export interface AccessControl {
  readonly users: RegistryUser[];
  /** Namespaces that anybody may pull from. */
  readonly public: readonly string[];
  readonly tokens: Map<string, { readonly access: readonly Access[]; readonly expiresAt: number }>;
  /** Identity tokens, as `docker login` keeps them instead of the password. */
  readonly refreshTokens: Map<string, RegistryUser>;
}

/** Seconds that a token lasts. */
export const tokenLifetime = 300;

/** Undefined when the user name or the password is wrong. */
export function findUser(
  control: AccessControl,
  login: { username: string; secret: string },
): RegistryUser | undefined {
  return control.users.find(
    ({ username, password }) => username === login.username && password === login.secret,
  );
}

/** Which of these actions a user, or anybody for null, has on a repository: perhaps fewer, perhaps none. */
export function allowedActions(
  control: AccessControl,
  user: RegistryUser | null,
  { name, actions }: Access,
): string[] {
  const open = covers(control.public, name) ? ['pull'] : [];
  const own =
    user === null || !covers(user.namespaces ?? [''], name)
      ? []
      : user.access === 'read'
        ? ['pull']
        : ['pull', 'push', 'delete', '*'];
  return actions.filter((action) => open.includes(action) || own.includes(action));
}

function covers(namespaces: readonly string[], name: string): boolean {
  return namespaces.some((one) => one === '' || name === one || name.startsWith(`${one}/`));
}

export function issueToken(control: AccessControl, access: readonly Access[]): string {
  const token = `demo-registry-${randomBytes(24).toString('hex')}`;
  control.tokens.set(token, { access, expiresAt: Date.now() + tokenLifetime * 1000 });
  return token;
}

export function issueRefreshToken(control: AccessControl, user: RegistryUser): string {
  const token = `demo-identity-${randomBytes(24).toString('hex')}`;
  control.refreshTokens.set(token, user);
  return token;
}

export type Verdict = 'granted' | 'unknown' | 'insufficient';

/** Whether a token allows this; null asks only for a valid one, as `/v2/` does. */
export function judgeToken(control: AccessControl, signIn: Authorization, wanted: Access | null): Verdict {
  const token = signIn.kind === 'bearer' ? control.tokens.get(signIn.secret) : undefined;
  if (token === undefined || token.expiresAt <= Date.now()) return 'unknown';
  const has = token.access.filter(({ name }) => name === wanted?.name).flatMap(({ actions }) => actions);
  return wanted?.actions.every((action) => has.includes(action)) === false ? 'insufficient' : 'granted';
}

/** Whether a user name and password allow this; nobody may do what is open to anybody. */
export function judgeLogin(control: AccessControl, signIn: Authorization, wanted: Access | null): Verdict {
  const user = signIn.kind === 'basic' ? findUser(control, signIn) : null;
  if (user === undefined || (user === null && wanted === null)) return 'unknown';
  const allowed = wanted === null || allowedActions(control, user, wanted).length === wanted.actions.length;
  if (allowed) return 'granted';
  return user === null ? 'unknown' : 'insufficient';
}
