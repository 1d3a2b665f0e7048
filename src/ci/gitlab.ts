// https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections
import { colourVoice } from './colours.ts';
import type { Voice } from './voice.ts';

/** GitLab's log shows colours and folds sections; ours stay open, since they may hold warnings. `write` is stderr. */
export function gitlabVoice(write: (line: string) => void, now: () => Date): Voice {
  const mark = (what: string) => `\u001b[0Ksection_${what}\r\u001b[0K`;
  const seconds = () => Math.floor(now().getTime() / 1000);
  return {
    ...colourVoice(write),
    section: (title) => {
      const name = `pipeline_credentials_${now().getTime()}`;
      write(`${mark(`start:${seconds()}:${name}`)}\u001b[1m${title}\u001b[0m`);
      return () => write(mark(`end:${seconds()}:${name}`));
    },
  };
}
