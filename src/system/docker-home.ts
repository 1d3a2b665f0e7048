import { rmSync } from 'node:fs';
import { Failure } from '../core/failure.ts';
import { type JsonObject, parseObject } from '../core/json.ts';
import { editFile, type HomeEdit, undoEdit } from '../core/session/home-edit.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { changeHomeFile, type HomeChange, type HomeFile, temporaryOf } from './home-file.ts';
import { readOwnFile } from './text-file.ts';

/** docker's own file. */
export const dockerHome: HomeFile<HomeEdit> = {
  name: '.docker/config.json',
  input: 'docker',
  written: ({ written }) => written,
  undo: undoEdit,
  rewrite: (path, change, session) => {
    const made = change(readOwnFile(path, 'utf8'));
    if (made === null) rmSync(path, { force: true });
    else
      writeFileAtomically(path, {
        content: made.text,
        mode: made.mode,
        temporary: temporaryOf(path, session),
      });
  },
  tidy: (path, session) => rmSync(temporaryOf(path, session), { force: true }),
  mode: () => 0o600,
  inUse: {
    message: "Another job has signed in through this user's own docker file.",
    hint: 'Use `docker: private`, which jobs do not share, or wait for the other job.',
  },
};

export interface DockerHomeChange extends Omit<HomeChange<HomeEdit>, 'edit'> {
  /** What the file is to say, from what it says. */
  readonly want: (config: JsonObject | null) => JsonObject;
}

/**
 * Changes docker's own file for one session at a time (security rule 24).
 * @throws Failure `refused` when another session holds it or the file is no JSON, `session-failed` when it cannot be written.
 */
export function changeDockerHome({ want, ...change }: DockerHomeChange): void {
  changeHomeFile(dockerHome, {
    ...change,
    edit: (original, path) => {
      const config = original === null ? null : parseObject(original);
      if (original !== null && config === null) throw broken(path);
      return editFile(original, want(config));
    },
  });
}

function broken(file: string): Failure {
  return new Failure('refused', `docker's own file is no JSON: ${file}.`, {
    hint: 'Mend it, or use `docker: private`.',
  });
}
