import { isObject, parseObject } from '../json.ts';

/** A process, told from every other one of this and other runs of the machine. */
export interface Owner {
  readonly boot: string;
  readonly namespace: string;
  readonly pid: number;
  readonly started: string;
}

/** Which folder this is, whatever its name; in decimal, since both may be larger than a number holds. */
export interface Identity {
  readonly device: string;
  readonly inode: string;
}

/** `session.json`: whose folder this is. */
export interface SessionRecord {
  readonly identity: Identity;
  /** While it lives nobody sweeps the session; null where the system does not tell. */
  readonly owner: Owner | null;
  /** The CI's name of the job; null outside a CI. */
  readonly job: string | null;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** Name of the file in the runner's temp folder that leads to a folder elsewhere. */
  readonly pointer: string | null;
}

/** `undo.json`: what cleanup takes back outside the folder. */
export interface Undo {
  /** Variables as they were; null: not set. */
  readonly variables: Readonly<Record<string, VariableChange>>;
  /** Path of the lock that says how to undo the change of docker's own file; null when it was left alone. */
  readonly dockerHome: string | null;
  /** Whether docker's folder is one that the change makes. */
  readonly makesDockerFolder: boolean;
  /** The same for git's own file. */
  readonly gitHome: string | null;
}

export interface VariableChange {
  readonly before: string | null;
  readonly after: string;
}

const marker = 'pipeline-credentials session 1';

export function renderRecord(record: SessionRecord): string {
  return `${JSON.stringify({ marker, ...record })}\n`;
}

/** Null when the text is no record of ours. */
export function parseRecord(text: string): SessionRecord | null {
  const found = parseObject(text);
  if (found?.marker !== marker || !isIdentity(found.identity)) return null;
  const { identity, owner, job, created, pointer } = found;
  return {
    identity,
    owner: isOwner(owner) ? owner : null,
    job: typeof job === 'string' ? job : null,
    created: typeof created === 'number' ? created : 0,
    pointer: typeof pointer === 'string' ? pointer : null,
  };
}

/** Null when the text is no such record. */
export function parseUndo(text: string): Undo | null {
  const found = parseObject(text);
  if (found === null || !isObject(found.variables)) return null;
  const { variables, dockerHome, makesDockerFolder, gitHome } = found;
  if (!Object.entries(variables).every(([name, change]) => exported.test(name) && isChange(change)))
    return null;
  return {
    variables: variables as Undo['variables'],
    dockerHome: typeof dockerHome === 'string' ? dockerHome : null,
    makesDockerFolder: makesDockerFolder === true,
    gitHome: typeof gitHome === 'string' ? gitHome : null,
  };
}

/** Tells an identity from whatever else a file may hold. */
export function isIdentity(value: unknown): value is Identity {
  return isObject(value) && typeof value.device === 'string' && typeof value.inode === 'string';
}

/** Tells an owner from whatever else a file may hold. */
export function isOwner(value: unknown): value is Owner {
  return (
    isObject(value) &&
    typeof value.pid === 'number' &&
    [value.boot, value.namespace, value.started].every((one) => typeof one === 'string')
  );
}

/**
 * What a setup exports. Names and values of a record end up in what a shell evaluates: one that was tampered with must not
 * lead to PATH, LD_PRELOAD and their like.
 */
const exported =
  /^(?:PIPELINE_CREDENTIALS_SESSION|GIT_CONFIG_(?:COUNT|PARAMETERS|(?:KEY|VALUE)_\d{1,5})|GIT_SSH_COMMAND|GIT_TERMINAL_PROMPT|GCM_INTERACTIVE|CARGO_NET_GIT_FETCH_WITH_CLI|DOCKER_CONFIG|BUILDX_CONFIG|REGISTRY_AUTH_FILE|APPTAINER_AUTH_FILE|NXF_SCM_FILE)$/;

function isChange(value: unknown): boolean {
  return (
    isObject(value) &&
    (value.before === null || typeof value.before === 'string') &&
    typeof value.after === 'string'
  );
}
