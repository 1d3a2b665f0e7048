import { expect, test } from 'vitest';
import { firstManifest } from '../../../src/core/init/first-manifest.ts';
import { pipelineFindings, workflowFindings } from '../../../src/core/init/workflow-steps.ts';
import { readManifests } from '../../../src/core/manifest/read.ts';
import { gitProviders } from '../../../src/providers/index.ts';

const own = { kind: 'own', url: 'https://github.com/acme/pipeline', file: '.git/config' } as const;

/** What a workflow of `acme/pipeline` with these steps becomes. */
function become(steps: string, around = '') {
  const text = `${around}jobs:\n  a:\n    steps:\n${steps.replace(/^/gm, '      ')}\n`;
  const findings = [own, ...workflowFindings({ path: 'ci.yml', text })];
  const first = firstManifest(findings, { head: '#', rules: gitProviders });
  const { manifest } = readManifests([{ name: 'm', text: first.text, trust: 'trusted' }], gitProviders);
  expect(manifest).not.toBeNull();
  const body = first.text
    .split('\n')
    .filter((line) => !/^#|^version|^ *# as in/.test(line))
    .join('\n')
    .trim();
  return { body, step: first.step.slice(3), notes: first.notes };
}

const app = (inputs: string) =>
  `- uses: actions/create-github-app-token@v3
  with:
    client-id: \${{ vars.APP_ID }}
    private-key: \${{ secrets.APP_KEY }}
    permission-contents: read${inputs}`;
const login = (inputs: string) => `- uses: docker/login-action@v4\n  with: { ${inputs} }`;

test('an App for the own repository', () => {
  expect(become(app(''))).toEqual({
    body: `credentials:
  - name: acme-app
    provider: github
    url: https://github.com/acme
    app:
      client-id: { env: APP_ID }
      private-key: { env: APP_KEY }
repositories:
  - https://github.com/acme/pipeline`,
    step: ['  env:', `    APP_ID: \${{ vars.APP_ID }}`, `    APP_KEY: \${{ secrets.APP_KEY }}`],
    notes: [],
  });
});

test.each([
  [
    'listed repositories of another owner',
    '\n    owner: globex\n    repositories: |\n      a\n      b',
    ['https://github.com/globex/a', 'https://github.com/globex/b'],
  ],
  [
    'a list with commas',
    '\n    repositories: a, b',
    ['https://github.com/acme/a', 'https://github.com/acme/b'],
  ],
  [
    'the own owner by its expression',
    `\n    owner: \${{ github.repository_owner }}\n    repositories: a`,
    ['https://github.com/acme/a'],
  ],
  [
    'a server of its own',
    '\n    owner: globex\n    repositories: a\n    github-api-url: https://ghe.example.com/api/v3',
    ['https://ghe.example.com/globex/a'],
  ],
])('an App: %s', (_, inputs, repositories) => {
  const { body, notes } = become(app(inputs));
  expect(
    body
      .split('repositories:\n')[1]
      ?.split('\n')
      .map((line) => line.replace('  - ', '')),
  ).toEqual(repositories);
  expect(notes).toEqual([]);
});

test('permissions of an App: pushing becomes access, others are named; of several steps all', () => {
  const { body } = become(
    `${app('\n    permission-issues: read').replace('contents: read', 'contents: write')}\n${app('\n    permission-issues: write\n    permission-members: read')}`,
  );
  expect(body).toContain(`      permissions:
        issues: write
        members: read
repositories:
  - { url: https://github.com/acme/pipeline, access: write }`);
});

test.each([
  ['all repositories of an owner', app('\n    owner: globex'), /List those that jobs need/],
  [
    'an owner that is computed',
    app(`\n    owner: \${{ matrix.owner }}`),
    /owner of a GitHub App is computed/,
  ],
  ['all permissions', app('').replace(/\n *permission-.*/, ''), /all permissions of the App/],
  ['no revocation', app('\n    skip-token-revoke: true'), /`revoke` is false/],
  [
    'a login that stays',
    login(`username: a, password: '\${{ secrets.P }}', logout: false`),
    /`logout: false`/,
  ],
  [
    'a registry that is computed',
    login(`registry: '\${{ inputs.r }}', username: a, password: '\${{ secrets.P }}'`),
    /registry whose name is computed/,
  ],
  [
    "an App's token for a registry",
    login(`registry: ghcr.io, username: x, password: '\${{ steps.app.outputs.token }}'`),
    /`registries` of the App's/,
  ],
  [
    'a docker login by hand',
    '- run: echo "$P" | docker login -u a --password-stdin quay.io',
    /signs in to a registry: add/,
  ],
  [
    'git config by hand',
    `- run: git config --global url."https://x:\${T}@github.com/".insteadOf "git@github.com:"`,
    /`git config`/,
  ],
  [
    'ECR by its own action',
    '- uses: aws-actions/amazon-ecr-login@v2\n  with: { registries: "123456789012" }',
    /123456789012\.dkr\.ecr\.REGION/,
  ],
])('what a person must look at: %s', (_, steps, note) => {
  expect(become(steps).notes).toEqual([expect.stringMatching(note)]);
});

test.each([
  [
    "the workflow's own token",
    login(`registry: ghcr.io, username: '\${{ github.actor }}', password: '\${{ secrets.GITHUB_TOKEN }}'`),
    ['registry: ghcr.io', 'username: { env: GITHUB_ACTOR }', 'password: { env: GITHUB_TOKEN }'],
    [`GITHUB_TOKEN: \${{ github.token }}`],
  ],
  [
    'Docker Hub, for one repository',
    login(`username: '\${{ vars.HUB_USER }}', password: '\${{ secrets.HUB }}', scope: 'acme/tool@push'`),
    ['registry: docker.io/acme/tool', 'username: { env: HUB_USER }', 'password: { env: HUB }'],
    [`HUB_USER: \${{ vars.HUB_USER }}`, `HUB: \${{ secrets.HUB }}`],
  ],
  [
    'Amazon ECR, with the keys of a user',
    login(
      `registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com, username: '\${{ vars.KEY_ID }}', password: '\${{ secrets.KEY }}'`,
    ),
    [
      'registry: 123456789012.dkr.ecr.eu-west-1.amazonaws.com',
      'access-key-id: { env: KEY_ID }',
      'secret-access-key: { env: KEY }',
    ],
    [`KEY_ID: \${{ vars.KEY_ID }}`, `KEY: \${{ secrets.KEY }}`],
  ],
  [
    'Amazon ECR, with the keys of the job',
    login('registry: public.ecr.aws'),
    [
      'registry: public.ecr.aws',
      'access-key-id: { env: AWS_ACCESS_KEY_ID }',
      'secret-access-key: { env: AWS_SECRET_ACCESS_KEY }',
      'session-token: { env: AWS_SESSION_TOKEN }',
    ],
    [],
  ],
  [
    'Google, with a key',
    login(`registry: europe-docker.pkg.dev, username: _json_key, password: '\${{ secrets.GAR }}'`),
    ['registry: europe-docker.pkg.dev', 'google-key: { env: GAR }'],
    [`GAR: \${{ secrets.GAR }}`],
  ],
  [
    'Google, with the token of a step',
    login(
      `registry: gcr.io, username: oauth2accesstoken, password: '\${{ steps.auth.outputs.access_token }}'`,
    ),
    ['registry: gcr.io', 'access-token: { env: AUTH_ACCESS_TOKEN }'],
    [`AUTH_ACCESS_TOKEN: \${{ steps.auth.outputs.access_token }}`],
  ],
])('a login: %s', (_, steps, fields, expressions) => {
  const { body, step, notes } = become(steps);
  expect(
    body
      .split('\n')
      .slice(2, -2)
      .map((line) => line.trim()),
  ).toEqual(['provider: registry', ...fields]);
  expect(step.slice(1).map((line) => line.trim())).toEqual(expressions);
  expect(notes).toEqual([]);
});

test('several logins of one step, and a registry that the workflow names', () => {
  const { body } = become(
    `- uses: docker/login-action@v4
  with:
    registry-auth: |
      - username: acmebot
        password: \${{ secrets.HUB }}
      - registry: ghcr.io
        username: \${{ github.actor }}
        password: \${{ secrets.GITHUB_TOKEN }}
${login(`registry: '\${{ env.REGISTRY }}', username: bot, password: '\${{ secrets.LAB }}'`)}`,
    'env: { REGISTRY: registry.example.com }\n',
  );
  expect(body.match(/registry: \S+/g)).toEqual([
    'registry: docker.io',
    'registry: ghcr.io',
    'registry: registry.example.com',
  ]);
  expect(body).toMatch(/registries:\n {2}- docker\.io\n {2}- ghcr\.io\n {2}- registry\.example\.com$/);
});

test("a checkout with a step's token needs no credential of its own; one of the same owner is found", () => {
  const { body } = become(
    `- uses: actions/checkout@v6\n  with: { repository: '\${{ github.repository_owner }}/lib', token: '\${{ steps.app.outputs.token }}' }`,
  );
  expect(body).toBe('credentials: []\nrepositories:\n  - https://github.com/acme/lib');
});

test('scripts of GitLab: its own registry needs no credential, another does', () => {
  const text = `build:
  script:
    - echo "$CI_REGISTRY_PASSWORD" | docker login -u "$CI_REGISTRY_USER" --password-stdin $CI_REGISTRY
    - docker login -u gitlab-ci-token -p $CI_JOB_TOKEN registry.example.com
    - docker login -u bot -p $HUB
    - docker login quay.io
    - aws ecr get-login-password | docker login --username AWS --password-stdin 1.dkr.ecr.eu-west-1.amazonaws.com
`;
  expect(pipelineFindings({ path: '.gitlab-ci.yml', text })).toEqual([
    {
      kind: 'note',
      file: '.gitlab-ci.yml',
      text: expect.stringContaining("GitLab's own registry: remove the line"),
    },
    { kind: 'note', file: '.gitlab-ci.yml', text: expect.stringContaining('add a credential for it') },
    { kind: 'note', file: '.gitlab-ci.yml', text: expect.stringContaining('add a credential with AWS keys') },
  ]);
});
