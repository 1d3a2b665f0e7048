import { permissionsText } from '../../core/app-tokens/permissions.ts';
import { locationUrl } from '../../core/location.ts';
import { prose } from '../../core/prose.ts';
import { span } from './clock.ts';
import type { Refusal } from './refusal.ts';

interface Cause {
  readonly when: (refusal: Refusal) => boolean;
  /** Goes on from "NAME mints no token for OWNER: ", without a full stop. */
  readonly why: (refusal: Refusal) => string;
  readonly hint: (refusal: Refusal) => string;
}

const is =
  (status: number, text: RegExp = /(?:)/) =>
  (refusal: Refusal): boolean =>
    refusal.status === status && text.test(refusal.message);

/**
 * Every way that GitHub is known to refuse, the first that fits counts. There are no codes: status and text are all
 * it says. https://docs.github.com/rest/apps/apps
 */
export const causes: readonly Cause[] = [
  {
    when: is(403, /suspended/i),
    why: ({ owner }) => `the installation at ${owner} is suspended`,
    hint: (refusal) => `An owner of ${refusal.owner} can unsuspend it: ${settings(refusal)}.`,
  },
  {
    when: is(403, /IP allow list|IP address/i),
    why: ({ owner }) => `${owner} has an IP allow list, and this machine's address is not on it`,
    hint: ({ owner }) =>
      `Add the runner's address to the IP allow list of ${owner}, or run the job inside it.`,
  },
  {
    when: (refusal) =>
      refusal.status === 403 && (refusal.isSso || /\bSAML\b|[Ss]ingle [Ss]ign-[Oo]n/.test(refusal.message)),
    why: ({ owner }) => `${owner} wants single sign-on`,
    hint: ({ owner }) => `Let an owner of ${owner} authorise the App for SAML single sign-on.`,
  },
  {
    when: is(403),
    why: (refusal) => `a policy forbids it${quoted(refusal)}`,
    hint: ({ owner }) => `Ask an owner of ${owner}, or of its enterprise, to allow the App.`,
  },
  {
    when: is(401, /'(?:exp|iat)'|\b(?:exp|iat)\b.*claim/i),
    why: (refusal) => `the clocks disagree: ${clocks(refusal)}`,
    hint: () => "Set this machine's clock (NTP); differences of up to 24 hours are corrected.",
  },
  {
    when: ({ status, message }) =>
      [401, 404].includes(status) && /integration (?:not found|must)/i.test(message),
    why: ({ client }) => `${client.api} knows no App by its \`client-id\` or \`app-id\``,
    hint: () =>
      "Copy the client id from the App's page (General, About), and check that `url` names the App's host.",
  },
  {
    when: is(401),
    why: (refusal) => `GitHub does not accept its signature${quoted(refusal)}`,
    hint: () =>
      "`private-key` and `client-id` must be of one App, and the key still listed on the App's page.",
  },
  {
    when: ({ status, step, installation }) => status === 404 && (step === 'find' || installation !== null),
    why: ({ owner }) => `the App is not installed at ${owner}`,
    hint: (refusal) =>
      `Install it there${installLink(refusal)}, or correct the owner's name.${isForWholeHost(refusal) ? leaveOut : ''}`,
  },
  {
    when: is(404),
    why: ({ owner }) => `its \`installation-id\` is none of this App's at ${owner}`,
    hint: () => 'Leave `installation-id` out: the installation is found by its owner.',
  },
  {
    when: is(422, /permission/i),
    why: (refusal) =>
      `its installation does not have ${list(refusal.missing, permissionsText(refusal.plan.permissions))}`,
    hint: (refusal) =>
      `Add the permission on the App's page, then let an owner of ${refusal.owner} accept it: ${settings(refusal)}.`,
  },
  {
    when: is(422, /repositor/i),
    why: (refusal) => `its installation does not reach ${list(refusal.missing, named(refusal))}`,
    hint: (refusal) => `Select the repository, or correct its name: ${settings(refusal)}.`,
  },
  {
    when: ({ status }) => status >= 500,
    why: ({ client, status }) => `${client.api} answered ${status} again and again`,
    hint: () => "Run the job again later; github.com's state is at https://www.githubstatus.com.",
  },
  {
    when: () => true,
    why: (refusal) => `${refusal.client.api} answered ${refusal.status}${quoted(refusal)}`,
    hint: () => 'Check `url`, `api-url` and the `app` of this credential.',
  },
];

function quoted({ message, client }: Refusal): string {
  const text = prose(message, client.secretForms());
  return text === '' ? '' : ` ("${text}")`;
}

function list(missing: readonly string[], all: string): string {
  return missing.length > 0 ? prose(missing.join(', '), []) : all;
}

function named({ plan }: Refusal): string {
  return plan.repositories === 'all' ? 'its repositories' : prose(plan.repositories.join(', '), []);
}

function clocks({ client }: Refusal): string {
  const ahead = client.clockAhead();
  if (ahead === null) return 'the host does not tell its time';
  return `theirs is ${span(ahead)} ${ahead > 0 ? 'ahead of' : 'behind'} this machine's`;
}

/** The page on which an owner looks after the installation. */
function settings({ plan, owner, installation }: Refusal): string {
  const web = locationUrl(plan.origin);
  if (installation === null) return `settings of ${owner}, GitHub Apps`;
  const whose = installation.isUser ? '' : `/organizations/${owner}`;
  return `${web}${whose}/settings/installations/${installation.id}`;
}

/** Then it is for owners, too, that nobody meant, such as those of public pipelines. */
function isForWholeHost({ plan }: Refusal): boolean {
  return (plan.credential.base?.segments ?? []).length === 0;
}

const leaveOut = ' Where only public repositories are meant, give the App a `url` of its own owner.';

function installLink({ plan, client }: Refusal): string {
  const { slug } = client.app;
  if (slug === undefined) return '';
  const path = plan.origin.host === 'github.com' ? 'apps' : 'github-apps';
  return ` (${locationUrl(plan.origin)}/${path}/${slug}/installations/new)`;
}
