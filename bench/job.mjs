// Steps of a job on a runner in small, timed from a program's start to its end: what the runner adds is left out.
import { startJob } from '../test/harness/runner.ts';
import { node, run } from './measure.mjs';

/** Runs the main step of an action in a job of its own. Gives milliseconds. */
export async function mainStep(action, { inputs, env }) {
  await using job = await startJob({ env });
  const watch = stopwatch();
  prove(await job.uses(action, inputs, watch));
  return watch.milliseconds();
}

/** Runs the main step of an action, then times its post step. Gives milliseconds. */
export async function postStep(action, { inputs, env }) {
  await using job = await startJob({ env });
  prove(await job.uses(action, inputs));
  const watch = stopwatch();
  for (const step of await job.finish(watch)) prove(step);
  return watch.milliseconds();
}

/** The cheapest program there is, timed the same way. */
export async function nothing() {
  const watch = stopwatch();
  await run(node, ['-e', '0'], watch);
  return watch.milliseconds();
}

function stopwatch() {
  let sum = 0;
  const started = (child) => {
    const start = performance.now();
    child.once('exit', () => (sum += performance.now() - start));
  };
  return { started, milliseconds: () => sum };
}

function prove({ code, stdout, stderr }) {
  const said = `${stdout}${stderr}`.replace(/^::add-mask::.*\n/gm, '');
  if (code !== 0) throw new Error(`a step ended with ${code}\n${said}`);
}
