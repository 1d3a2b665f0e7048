import type { Secret } from './secret.ts';

/** Shorter texts are no secrets: masking them would blank the log. */
export const shortestSecret = 8;

/**
 * Every form in which a log could show a secret, longest first: itself, its lines, base64 of it and of
 * `user:secret`, URL-encoded, JSON-escaped. For masks only: each form is as secret as the secret.
 */
export function maskForms(secret: Secret, username?: string): readonly string[] {
  const text = secret.reveal();
  const whole = [
    text,
    ...lines(text),
    urlEncoded(text),
    formEncoded(text),
    JSON.stringify(text).slice(1, -1),
  ];
  const encoded = [
    base64(text),
    base64url(text),
    ...(username === undefined ? [] : [base64(`${username}:${text}`)]),
  ];
  const forms = new Set([...whole, ...encoded, ...encoded.map(unpadded)]);
  return [...forms]
    .filter((form) => form.trim().length >= shortestSecret)
    .sort((a, b) => b.length - a.length);
}

function lines(text: string): readonly string[] {
  return text.split(/\r\n|[\r\n]/);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

function unpadded(text: string): string {
  return text.replace(/=+$/, '');
}

// A lone surrogate has no URL encoding; it cannot come out of a file or a variable, but must not throw here.
function urlEncoded(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
