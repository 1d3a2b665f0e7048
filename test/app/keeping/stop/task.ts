import type { RotateRequest } from '../../../../src/app/keeping/rotate/request.ts';
import { rotate } from '../../../../src/app/keeping/rotate.ts';
import { type UploadRequest, upload } from '../../../../src/app/keeping/upload.ts';
import type { Asker } from '../../../../src/core/asker.ts';
import type { Env } from '../../../../src/core/env.ts';
import { Failure } from '../../../../src/core/failure.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { keepingContext } from '../context.ts';

/** What a process is to do; JSON. The secrets of these tests are no secrets, so they may stand in its arguments. */
export interface Task {
  readonly request: { readonly rotate: RotateRequest } | { readonly upload: UploadRequest };
  readonly env: Env;
  readonly cwd: string;
  /** The secret that a person at a terminal pastes, who says yes to everything; null for nobody there. */
  readonly pastes: string | null;
}

export interface Done {
  readonly failures: readonly Failure[];
  /** All that was said. */
  readonly talk: readonly string[];
}

const begun = Date.now();
/** A clock that goes from some day in November on. */
export const now = () => new Date(Date.parse('2026-11-20T10:00:00Z') + Date.now() - begun);

/** @param patience milliseconds that a host may be silent, and that an answer may take. */
export async function doTask(
  { request, env, cwd, pastes }: Task,
  patience: { readonly idleMs: number; readonly totalMs: number } = { idleMs: 12_000, totalMs: 30_000 },
): Promise<Done> {
  const surroundings = keepingContext({ cwd, env, now, ...patience });
  const ask = pastes === null ? null : personPasting(pastes);
  const context = { ...surroundings, ask };
  const done = 'rotate' in request ? rotate(request.rotate, context) : upload(request.upload, context);
  const failures = await done.then(
    (result) => ('failures' in result ? result.failures.map(({ failure }) => failure) : []),
    (error: unknown) => {
      if (error instanceof Failure) return [error];
      throw error;
    },
  );
  return { failures, talk: context.talk };
}

function personPasting(text: string): Asker {
  return { line: async () => '', secret: async () => new Secret(text), yes: async () => true };
}
