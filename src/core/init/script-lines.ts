import type { StepFinding } from './step-reader.ts';

/** Lines of scripts that sign in by hand, and what takes their place. */
const lines: readonly { readonly form: RegExp; readonly text: string }[] = [
  {
    form: /\blogin\b.*\$\{?CI_(?:REGISTRY|JOB_TOKEN)/,
    text: "A script signs in to GitLab's own registry: remove the line, since every job is signed in there.",
  },
  {
    form: /\baws ecr(?:-public)? get-login/,
    text: 'A script gets a password of Amazon ECR: add a credential with AWS keys, then remove the line.',
  },
  {
    form: /\b(?:docker|podman|buildah|skopeo|crane|helm registry|oras) login\b/,
    text: 'A script signs in to a registry: add a credential for it, then remove the line.',
  },
  {
    form: /\bgit config\b.*\b(?:insteadof|extraheader|credential\.)/i,
    text: 'A script signs git in by `git config`: add a credential for that host, then remove the line.',
  },
  {
    form: /\.netrc\b/,
    text: 'A script writes ~/.netrc: add a credential for its hosts, then remove the line.',
  },
  {
    form: /\bssh-add\b/,
    text: 'A script hands a key to an ssh agent: add a credential with `ssh-key`, then remove the line.',
  },
];

/** What a script does by hand, each kind once. */
export function scriptFindings(script: string): readonly StepFinding[] {
  const texts = script.split('\n').flatMap((line) => lines.find(({ form }) => form.test(line))?.text ?? []);
  return [...new Set(texts)].map((text) => ({ kind: 'note', text }));
}
