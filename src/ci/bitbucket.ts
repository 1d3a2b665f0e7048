import { colourVoice } from './colours.ts';
import type { Voice } from './voice.ts';

/** Bitbucket's log shows colours; it folds by script item and cannot be told to. `write` is stderr. */
export function bitbucketVoice(write: (line: string) => void): Voice {
  return colourVoice(write);
}
