/** A place for secrets, as a person names it. */
export interface StoreRequest {
  /** https address of a repository, a project, a group or an organisation; or the path of a file. */
  readonly to: string;
  /** Which kind of host that is, where neither its name nor the manifest tells. */
  readonly provider: string | null;
  /** Environment of GitHub, environment scope of GitLab, deployment of Bitbucket. */
  readonly environment: string | null;
  /** The variable that holds the token for the store. */
  readonly tokenName: string | null;
  readonly apiUrl: string | null;
  /** GitLab only: for protected branches and tags. */
  readonly isProtected: boolean | null;
  /** GitLab only: variables of type File for manifests. */
  readonly files: boolean;
  /** Organisations of GitHub only: which repositories get a new secret. */
  readonly visibility: 'all' | 'private';
}

export type StoreKind = 'github' | 'gitlab' | 'bitbucket';
