import { Secret } from './secret.ts';

/** A user name and a secret, as git, registries and container tools take them. */
export interface Login {
  readonly username: string;
  readonly password: Secret;
}

/** `user:secret` in base64, as files of container tools have it. As secret as the login. */
export function basicAuth({ username, password }: Login): string {
  return Buffer.from(`${username}:${password.reveal()}`).toString('base64');
}

/** The value of an `Authorization` header. https://www.rfc-editor.org/rfc/rfc7617 */
export function basicHeader(login: Login): Secret {
  return new Secret(`Basic ${basicAuth(login)}`);
}

/** The login of a `basicAuth`; null when it is none. */
export function parseBasicAuth(text: string): Login | null {
  const [, username, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(text, 'base64').toString()) ?? [];
  return username === undefined || password === undefined
    ? null
    : { username, password: new Secret(password) };
}
