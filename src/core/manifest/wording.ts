import type { Fault } from '../fault.ts';

/** What is wrong with a value's shape, in our words: a validator's own would quote the value (security rule 26). */
const words = {
  'text-expected': {
    message: 'A single value is expected here, not a list or a mapping.',
    hint: 'Write one text; put quotes around it when it has special characters.',
  },
  'mapping-expected': {
    message: 'A mapping of keys to values is expected here.',
    hint: 'Write `key: value` lines below it.',
  },
  'list-expected': {
    message: 'A list is expected here.',
    hint: 'Write the items on lines of their own, each after "- ".',
  },
  'list-empty': { message: 'The list is empty.', hint: 'Write at least one item, or leave the key out.' },
  'control-character': {
    message: 'The value has line breaks or control characters.',
    hint: 'Write it in one line. A private key belongs under `app: { private-key: ... }` or `ssh-key`.',
  },
  'version-unknown': {
    message: 'This program reads version 1 of the manifest.',
    hint: 'Write `version: 1`.',
  },
  'name-invalid': {
    message: 'This is not a name for a credential.',
    hint: 'Start with a letter, then up to 63 letters, digits, - and _.',
  },
  'name-reserved': {
    message: "`job-token` is the name of the job's own credential, which is built in.",
    hint: 'Choose another name.',
  },
  'provider-unknown': { message: 'There is no such provider.', hint: '' },
  'boolean-expected': { message: 'Only true or false can stand here.', hint: 'Write true or false.' },
  'status-invalid': { message: 'A credential is active or inactive.', hint: 'Write `active` or `inactive`.' },
  'access-invalid': {
    message: 'Access is read or write.',
    hint: 'Write `read` or `write`, or leave the key out for both.',
  },
  'target-access-invalid': {
    message: 'Access is read or write.',
    hint: 'Write `read` or `write`; left out it means read.',
  },
  'purpose-unknown': {
    message: 'There is no such purpose.',
    hint: 'Write any of `clone`, `push`, `webhooks`, `pull-requests` and `packages`.',
  },
  'variable-name-invalid': {
    message: 'This is not the name of an environment variable.',
    hint: 'Write its name only, without $ and braces: { env: LAB_TOKEN }.',
  },
  'file-path-relative': {
    message: 'The file must be named by an absolute path.',
    hint: 'Start the path with /.',
  },
  'file-path-unsafe': {
    message: 'Files below /proc, /sys and /dev are not read.',
    hint: 'Put the secret into a regular file, or into a variable.',
  },
  'reference-invalid': {
    message: 'This is neither a value nor a reference to one.',
    hint: 'Write the value itself, { env: NAME }, { file: /PATH } or { file: { env: NAME } }.',
  },
  placeholder: {
    message: 'This is a placeholder that nothing has filled in.',
    hint: 'Write { env: NAME } with the name of the variable: the manifest is not expanded.',
  },
  masked: {
    message: 'This is what a log shows in place of a secret.',
    hint: 'Put the secret itself here, or { env: NAME } for a variable that holds it.',
  },
  'secret-short': {
    message: 'A secret has at least 8 characters: hiding a shorter one would blank the log.',
    hint: 'Check that the value is whole, and not the name of a variable: that is written { env: NAME }.',
  },
  'installation-id-invalid': {
    message: 'An installation id is a number.',
    hint: "Take it from the end of the installation's address, or leave it out: it is found by the owner.",
  },
  'permission-invalid': {
    message: 'Permissions are names, each with read, write or admin.',
    hint: 'Write for example { contents: read, pull-requests: write }.',
  },
  'app-repositories-invalid': {
    message: 'This is neither `listed`, `all` nor a list of repository names.',
    hint: 'Write `listed` (the targets only), `all`, or names without owner: [rnaseq, variants].',
  },
  'target-invalid': {
    message: 'This is not a target.',
    hint: 'Write an address, or a mapping that has one.',
  },
} as const satisfies Record<string, Omit<Fault, 'code'>>;

export type WordingCode = keyof typeof words;

export function wording(code: WordingCode): Fault {
  return { code, ...words[code] };
}

export function isWordingCode(text: string): text is WordingCode {
  return Object.hasOwn(words, text);
}
