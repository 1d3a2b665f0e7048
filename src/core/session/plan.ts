import { planDocker } from './docker-plan.ts';
import { planGit } from './git-plan.ts';
import { planNextflow } from './nextflow-plan.ts';
import type { Scene } from './scene.ts';
import type { SessionPlan, SessionSetting } from './session-plan.ts';

/** Decides the files and variables of a session. */
export function planSession(scene: Scene, setting: SessionSetting): SessionPlan {
  const parts = [planGit(scene, setting), planDocker(scene, setting), planNextflow(scene, setting)];
  return {
    files: parts.flatMap(({ files }) => files),
    environment: Object.assign(
      { PIPELINE_CREDENTIALS_SESSION: setting.folder },
      ...parts.map(({ environment }) => environment),
    ),
    warnings: parts.flatMap(({ warnings }) => warnings),
    git: parts.flatMap(({ git }) => git),
    dockerHome: parts.find(({ dockerHome }) => dockerHome !== null)?.dockerHome ?? null,
    gitHome: parts.find(({ gitHome }) => gitHome !== null)?.gitHome ?? null,
  };
}
