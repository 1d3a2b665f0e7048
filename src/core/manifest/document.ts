import { Composer, type Document, LineCounter, Parser, type YAMLError } from 'yaml';
import { type Fault, isFault } from '../fault.ts';
import { buildTree } from './build-tree.ts';
import { manifestText } from './encoding.ts';
import { commentInJson, jsonComment, oddIndentation } from './look-alikes.ts';
import { spoiltOnTheWay } from './spoilt.ts';
import { type SyntaxProblem, syntaxFault } from './syntax.ts';
import type { Position, Tree } from './tree.ts';

export interface ParsedDocument {
  /** Null when there is nothing to go on with. */
  readonly tree: Tree | null;
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads YAML, JSON, or base64 of either, into texts, lists and mappings with their positions. Merge keys, tags,
 * directives, several documents, keys given twice and empty values are problems (security rule 3); no problem
 * quotes the text (security rule 26).
 */
export function parseDocument(given: string): ParsedDocument {
  const text = manifestText(given);
  if (isFault(text)) return unreadable(text);
  const spoilt = spoiltOnTheWay(text);
  if (spoilt !== null) return unreadable(spoilt);
  const comment = jsonComment(text);
  if (comment !== null) return unreadable(commentInJson, comment);
  try {
    return parseText(text);
  } catch {
    // The parser recurses: a document nested thousands deep ends its stack.
    return unreadable(tooDeep);
  }
}

function unreadable(fault: Fault, at: Position = start): ParsedDocument {
  return { tree: null, problems: [{ fault, path: [], at }] };
}

function parseText(text: string): ParsedDocument {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const options = { schema: 'failsafe', merge: false, uniqueKeys: false, logLevel: 'silent' } as const;
  const documents = [...new Composer(options).compose(tokens)];
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  // JSON may be indented with tabs, and so may what YAML has between braces.
  const written = text.trimStart().startsWith('{') ? [] : text.split('\n');
  const at = (code: Parameters<typeof syntaxFault>[0], offset: number): SyntaxProblem => {
    const place = position(offset);
    const odd = code === 'MULTIPLE_DOCS' ? null : oddIndentation(written[place.line - 1] ?? '');
    return { fault: odd ?? syntaxFault(code), path: [], at: place };
  };
  const extra = [
    ...tokens.filter(({ type }) => type === 'directive').map(({ offset }) => at('BAD_DIRECTIVE', offset)),
    ...documents.slice(1).map(({ range }) => at('MULTIPLE_DOCS', range[0])),
  ];
  const broken = firstOfEachLine(documents, (error) => at(error.code, error.pos[0]));
  if (broken.length > 0) return { tree: null, problems: [...extra, ...broken] };
  const { tree, problems } = buildTree(documents[0]?.contents ?? null, position);
  if (problems.length > mostProblems) return { tree: null, problems: problems.slice(0, mostProblems) };
  return { tree, problems: [...extra, ...problems] };
}

/** One mistake often gives several errors: the first of a line says it best, and five are enough. */
function firstOfEachLine(documents: readonly Document[], problem: (error: YAMLError) => SyntaxProblem) {
  const found = documents.flatMap(({ errors }) => errors.map(problem));
  const lines = new Map(found.toReversed().map((each) => [each.at.line, each]));
  return [...lines.values()].sort((a, b) => a.at.line - b.at.line).slice(0, 5);
}

/** A few lines of aliases make hundreds of thousands, each of which would be placed, sorted and printed. */
const mostProblems = 1000;

const start: Position = { line: 1, column: 1 };

const tooDeep: Fault = {
  code: 'yaml-too-deep',
  message: 'The document is nested far too deeply.',
  hint: 'A manifest needs five levels.',
};
