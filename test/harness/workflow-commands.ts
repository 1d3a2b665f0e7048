/** One `::error title=x::message` line. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice' | 'debug';
  readonly message: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface ReadLog {
  /** What people see: commands taken out, masked values as `***`. */
  readonly shown: readonly string[];
  /** Every line that is no command, as it came. */
  readonly raw: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly masks: readonly string[];
  readonly groups: readonly string[];
}

const levels = ['error', 'warning', 'notice', 'debug'];
/** Their values go through files now; the runner refuses them. */
const removed = ['set-output', 'save-state', 'set-env', 'add-path'];

/**
 * Reads a step's log as the runner does, which knows `masks` already.
 * @throws Error for commands that the runner no longer takes.
 */
export function readLog(text: string, masks: readonly string[] = []): ReadLog {
  const log = { shown: [] as string[], raw: [] as string[], annotations: [] as Annotation[] };
  const found = { masks: [] as string[], groups: [] as string[] };
  for (const line of text.split(/\r?\n/)) {
    const command = readCommand(line);
    if (command === null) {
      log.raw.push(line);
      log.shown.push(masked(line, [...masks, ...found.masks]));
    } else if (removed.includes(command.name)) {
      throw new Error(`the runner refuses ::${command.name}::`);
    } else if (command.name === 'add-mask') {
      found.masks.push(...maskedBy(command.data));
    } else if (command.name === 'group') {
      found.groups.push(command.data);
    } else if (isLevel(command.name)) {
      const { name: level, data: message, properties } = command;
      log.annotations.push({ level: level as Annotation['level'], message, properties });
      log.raw.push(message, ...Object.values(properties));
      log.shown.push(`${level}: ${masked(message, [...masks, ...found.masks])}`);
    }
  }
  return { ...log, ...found };
}

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

function readCommand(line: string): Command | null {
  const found = /^\s*::([a-z-]+)(?: ([^:]*(?::(?!:)[^:]*)*))?::(.*)$/i.exec(line);
  if (found === null) return null;
  const [, name = '', properties = '', data = ''] = found;
  const pairs = properties.split(',').flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 0 ? [] : [[pair.slice(0, equals).trim(), unescapeProperty(pair.slice(equals + 1))]];
  });
  return { name: name.toLowerCase(), properties: Object.fromEntries(pairs), data: unescapeData(data) };
}

function isLevel(name: string): boolean {
  return levels.includes(name);
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
}

/** The runner masks a value and each of its lines. */
export function maskedBy(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  return [...new Set([value, ...lines])].filter((one) => one.trim() !== '');
}

function masked(line: string, masks: readonly string[]): string {
  const longestFirst = [...masks].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((text, mask) => text.replaceAll(mask, '***'), line);
}
