import { expect, test } from 'vitest';
import { code, sources } from './sources.ts';

/**
 * Every file in which the text of a secret leaves its wrapper, and what for. A new line here is for a reviewer to
 * read: the text may go into a request to the host it is for, into a 0600 file, into a mask, or to who asked for it.
 */
const reasons: Record<string, string> = {
  'src/action/main.ts': 'the output `token`, when asked for',
  'src/cli/token.ts': 'prints what was asked for',
  'src/app/demo/read-image.ts': 'the demo reads an image from its own registry',
  'src/app/keeping/kept-secret.ts': 'a manifest that is to hold it, and the variable of a test',
  'src/app/keeping/open-store.ts': 'headers for a store, secrets again',
  'src/app/keeping/rescue.ts': 'a 0600 file with what exists nowhere else',
  'src/app/keeping/rotate/at-gitlab.ts': 'compared with the tokens that are to store it and to bring it back',
  'src/app/keeping/rotate/journal.ts': 'a 0600 file with what exists nowhere else, and a digest',
  'src/app/keeping/rotate/subject.ts': 'compared with those that other credentials have written out',
  'src/app/keeping/rotate/guided.ts': 'a new secret, compared with the old one, and the variable of a test',
  'src/app/keeping/rotate/sinks.ts': 'the form of a value: whether it has lines',
  'src/app/keeping/upload-entries.ts': 'the form of a value: whether it has lines',
  'src/ci/github-action.ts': 'masks, for the runner',
  'src/ci/github-commands.ts': 'masks, for the runner',
  'src/ci/issues/bitbucket.ts': "headers of requests to the job's own host",
  'src/ci/issues/github.ts': "for the toolkit, which asks the job's own host",
  'src/ci/issues/gitlab.ts': "headers of requests to the job's own host",
  'src/core/aws-signature.ts': 'signatures, and headers of requests to AWS',
  'src/core/jwt.ts': 'what a JSON Web Token says of itself',
  'src/core/login.ts': 'user and secret in base64, for a header or a file that is secret again',
  'src/core/manifest/edit/inline.ts': 'a manifest for a store that keeps all in one secret, a secret again',
  'src/core/manifest/sign-in-fields.ts':
    'values as they were found, checked and wrapped again; user names and ids come out',
  'src/core/mask-forms.ts': 'the other forms a secret could show in, each a secret again',
  'src/core/private-key.ts': 'a key, repaired: a secret again',
  'src/core/session/credential-file.ts': "git's protocol text, a secret again",
  'src/core/session/git-answers.ts': 'keys and headers as git and the signer read them, secrets again',
  'src/core/session/git-config.ts': 'a header as git reads it, a secret again',
  'src/core/session/nextflow-scm.ts': "Nextflow's scm file, a secret again",
  'src/core/session/revocation.ts': 'tokens for cleanup to revoke, a secret again',
  'src/core/ssh-key.ts': 'an ssh key, repaired: a secret again',
  'src/providers/gitlab-token/api.ts': 'the header of a request to the GitLab it is for',
  'src/providers/revoke-token.ts': 'a token, for the host that ends it',
  'src/providers/check/authorization.ts': "headers of requests to the credential's own host",
  'src/providers/check/git-http.ts': "headers of git's requests to the target's host",
  'src/providers/github-app/jwt.ts': 'the signature of a JWT',
  'src/providers/github-app/revoke.ts': 'a token, for the API that minted it',
  'src/providers/secret-shape.ts': 'how a secret begins, compared with known kinds for advice',
  'src/registries/acr.ts': 'an Entra token, for the registry that exchanges it',
  'src/registries/advice.ts': 'how a password begins, compared with known kinds for advice',
  'src/registries/google.ts': 'a key, minified: a secret again',
  'src/registries/image-access.ts':
    'headers of requests to the registry, and what its token says that it grants',
  'src/registries/token.ts': 'Basic for the registry, or its trusted token service',
  'src/stores/file.ts': 'a file, compared with what it should hold',
  'src/stores/gitlab.ts': 'the form of a value: whether GitLab could mask it',
  'src/stores/bitbucket.ts': 'the form of a value: whether it is one line',
  'src/stores/store-api.ts': 'the header that signs a request in to the store',
  'src/stores/stored-text.ts': 'what a store gets to keep',
  'src/system/private-file.ts': 'a 0600 file that a person asked for, or that rescues a secret',
  'src/system/session-folder.ts': 'a 0600 file of the session',
};

test('secrets are revealed only where this list says', () => {
  const revealing = sources().filter((path) => /\.reveal\(|\.reveal\b(?!\()/.test(code(path)));
  expect(revealing).toEqual(Object.keys(reasons).sort());
});
