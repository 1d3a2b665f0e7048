import { Secret } from '../secret.ts';
import type { Answer } from './answer.ts';
import { renderBearerFile, renderCredentialFile } from './credential-file.ts';
import { renderHeader } from './git-config.ts';
import type { GrantedSection, WrittenSection } from './git-sections.ts';
import type { GitGrant, GitOnlySignIn } from './grant.ts';
import type { SessionFile } from './session-plan.ts';

/** What sign-ins that only git knows need of the machine. */
export interface GitMeans {
  /** Absolute path of what runs the signer; null when no CodeCommit keys are in use. */
  readonly node: string | null;
  /** Whether git takes Bearer tokens from helpers (2.46 and newer), else they become headers. */
  readonly bearer: 'helper' | 'header';
}

/** Where the session keeps the sign-in of a grant. */
export interface Keeping {
  /** Absolute path of the session folder. */
  readonly folder: string;
  /** Every path at which that folder may be seen, itself first. */
  readonly places: readonly string[];
  /** The sign-in is the file `secret/NUMBER`. */
  readonly number: number;
  readonly means: GitMeans;
}

/** How git gets the sign-in of a grant. */
export function answerOf(grant: GitGrant, { folder, places, number, means }: Keeping): Answer {
  const readOnly = grant.access === 'read';
  const files = places.map((place) => `${place}/secret/${number}`);
  if ('login' in grant) return { way: 'file', files, readOnly };
  const { signIn } = grant;
  if (signIn.kind === 'ssh-key') return { way: 'ssh', folder, number, server: signIn.server, readOnly };
  if (signIn.kind === 'codecommit' && means.node !== null) {
    return { way: 'signer', node: means.node, files, readOnly };
  }
  if (signIn.kind === 'bearer' && means.bearer === 'header') return { way: 'header', files, readOnly };
  return { way: 'file', files, readOnly };
}

/** The files that hold the sign-in of a grant. */
export function filesOf(
  grant: GitGrant,
  { number, means }: Keeping,
  sections: readonly WrittenSection[],
): readonly SessionFile[] {
  const name = `secret/${number}`;
  if ('login' in grant) return [{ name, content: renderCredentialFile(grant.login) }];
  const { signIn } = grant;
  const content = contentOf(signIn, means, sections);
  if (signIn.kind !== 'ssh-key') return [{ name, content }];
  return [
    { name, content },
    { name: `ssh/known-hosts-${number}`, content: signIn.knownHosts },
  ];
}

function contentOf(signIn: GitOnlySignIn, means: GitMeans, sections: readonly WrittenSection[]): Secret {
  if (signIn.kind === 'ssh-key') return signIn.key;
  if (signIn.kind === 'codecommit') return keysFile(signIn.keys);
  if (means.bearer === 'helper') return renderBearerFile(signIn.token);
  const header = new Secret(`Authorization: Bearer ${signIn.token.reveal()}`);
  return renderHeader(
    header,
    sections.map(({ prefix }) => prefix),
  );
}

type Keys = Extract<GitOnlySignIn, { kind: 'codecommit' }>['keys'];

/** What the signer reads. */
function keysFile({ accessKeyId, secretAccessKey, sessionToken }: Keys): Secret {
  return new Secret(
    JSON.stringify({
      accessKeyId,
      secretAccessKey: secretAccessKey.reveal(),
      sessionToken: sessionToken?.reveal() ?? null,
    }),
  );
}

/** The sections of a scene, each with the way git gets its sign-in. */
export function answered(
  sections: readonly GrantedSection[],
  keeping: (grant: GitGrant) => Keeping,
): readonly WrittenSection[] {
  return sections.map((section): WrittenSection => {
    if (section.does !== 'sign-in') return section;
    const { grant, ...rest } = section;
    return { ...rest, ...answerOf(grant, keeping(grant)) };
  });
}
