import type { SessionSetting } from '../../../src/core/session/session-plan.ts';

/** A machine with a git of today and nothing else on it. */
export function setting(more: Partial<SessionSetting> = {}): SessionSetting {
  return {
    folder: '/tmp/session',
    env: {},
    earlier: null,
    git: 'private',
    docker: 'private',
    gitFacts: { version: [2, 39], rewrites: [], netrc: null },
    dockerFacts: { seed: { config: null, stored: null }, containers: [] },
    nextflowFacts: { scm: null, elsewhere: false, isUsed: false },
    signer: null,
    ...more,
  };
}
