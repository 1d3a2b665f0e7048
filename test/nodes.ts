/**
 * The nodes that the built programs are run on: Node 24, the action's runtime, which runs the tests, and the machine's
 * own one when that is another.
 */
export const nodes: readonly string[] = [
  ...new Set([process.execPath, process.env.OWN_NODE ?? process.execPath]),
];
