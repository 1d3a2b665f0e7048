import type { GitlabToken } from '../../../providers/gitlab-token/api.ts';

const dayMs = 86_400_000;

/** GitLab's usual longest lifetime: https://docs.gitlab.com/user/profile/personal_access_tokens/ */
const longest = 365;

/** The day on which the new token ends: it lasts as long as the old one was made for, or as many days as asked. */
export function newExpiry({ created, expires }: GitlabToken, days: number | null, now: Date): string {
  const lifetime =
    created === null || expires === null
      ? null
      : Math.round((Date.parse(expires) - Date.parse(created)) / dayMs);
  const chosen = Math.min(longest, Math.max(1, days ?? lifetime ?? longest));
  return new Date(now.getTime() + chosen * dayMs).toISOString().slice(0, 10);
}

/** Whether a day lies within so many milliseconds from now; a token without end is never due. */
export function isDue(expires: string | null, within: number | null, now: Date): boolean {
  return within === null || (expires !== null && Date.parse(expires) - now.getTime() <= within);
}
