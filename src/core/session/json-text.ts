/** A path of keys from the top of a JSON text. */
export type JsonPath = readonly string[];

/** One member of an object in a JSON text, as positions. */
interface Member {
  readonly key: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** The text of a value; null when there is none. The whole must be valid JSON with an object on top. */
export function rawValue(text: string, path: JsonPath): string | null {
  const member = find(text, path);
  return member === null ? null : text.slice(member.valueStart, member.end);
}

/**
 * Sets one value and leaves every other byte as it is; a new member comes last, indented as the first one is. The
 * object it belongs to must be there.
 */
export function withValue(text: string, path: JsonPath, raw: string): string {
  const member = find(text, path);
  if (member !== null) return splice(text, [member.valueStart, member.end], raw);
  const [open, members] = objectAt(text, path.slice(0, -1));
  const [first, last] = [members.at(0), members.at(-1)];
  const added = `${JSON.stringify(path.at(-1))}: ${raw}`;
  if (first === undefined || last === undefined) return splice(text, [open + 1, open + 1], added);
  return splice(text, [last.end, last.end], `,${text.slice(open + 1, first.start)}${added}`);
}

/** Takes one member out, with the comma and the space that came with it. */
export function withoutValue(text: string, path: JsonPath): string {
  if (find(text, path) === null) return text;
  const [open, members] = objectAt(text, path.slice(0, -1));
  const index = members.findIndex(({ key }) => key === path.at(-1));
  const [before, member, after] = [members[index - 1], members[index], members[index + 1]];
  if (member === undefined) return text;
  if (before !== undefined) return splice(text, [before.end, member.end], '');
  if (after !== undefined) return splice(text, [member.start, after.start], '');
  return splice(text, [open + 1, text.indexOf('}', member.end)], '');
}

function splice(text: string, [from, to]: readonly [number, number], put: string): string {
  return text.slice(0, from) + put + text.slice(to);
}

function find(text: string, path: JsonPath): Member | null {
  let start = spaceEnd(text, 0);
  let found: Member | null = null;
  for (const wanted of path) {
    if (text[start] !== '{') return null;
    found = membersOf(text, start).findLast(({ key }) => key === wanted) ?? null;
    if (found === null) return null;
    start = found.valueStart;
  }
  return found;
}

/** Where the object at a path opens, and its members. */
function objectAt(text: string, path: JsonPath): readonly [number, readonly Member[]] {
  const open = path.length === 0 ? spaceEnd(text, 0) : (find(text, path)?.valueStart ?? -1);
  if (text[open] !== '{') throw new TypeError('There is no object at this path.');
  return [open, membersOf(text, open)];
}

function membersOf(text: string, open: number): readonly Member[] {
  const members: Member[] = [];
  for (let at = spaceEnd(text, open + 1); text[at] === '"'; ) {
    const keyEnd = valueEnd(text, at);
    const valueStart = spaceEnd(text, spaceEnd(text, keyEnd) + 1);
    const end = valueEnd(text, valueStart);
    members.push({ key: JSON.parse(text.slice(at, keyEnd)), start: at, valueStart, end });
    const comma = spaceEnd(text, end);
    at = text[comma] === ',' ? spaceEnd(text, comma + 1) : comma;
  }
  return members;
}

/** A string, a bracket with all it holds, or a bare word. */
function valueEnd(text: string, start: number): number {
  const tokens = /"(?:[^"\\]|\\.)*"|[{[]|[}\]]|[^\s,:"{}[\]]+/gs;
  tokens.lastIndex = start;
  let depth = 0;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    if (/^[{[]/.test(token[0])) depth += 1;
    if (/^[}\]]/.test(token[0])) depth -= 1;
    if (depth === 0) return tokens.lastIndex;
  }
  return text.length;
}

function spaceEnd(text: string, start: number): number {
  const space = /[\s\uFEFF]*/y;
  space.lastIndex = start;
  space.test(text);
  return space.lastIndex;
}
