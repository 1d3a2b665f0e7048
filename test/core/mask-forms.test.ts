import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskForms } from '../../src/core/mask-forms.ts';
import { Secret } from '../../src/core/secret.ts';

test('every derived form, longest first', () => {
  expect(maskForms(new Secret('canary "ä/+'), 'ada')).toEqual([
    'canary%20%22%C3%A4%2F%2B',
    'YWRhOmNhbmFyeSAiw6QvKw==',
    'canary+%22%C3%A4%2F%2B',
    'YWRhOmNhbmFyeSAiw6QvKw',
    'Y2FuYXJ5ICLDpC8r',
    'canary \\"ä/+',
    'canary "ä/+',
  ]);
});

test('lines of 8 characters or more are forms of their own, shorter ones would blank the log', () => {
  const forms = maskForms(new Secret('-----BEGIN X-----\ncanary-line-one\nshort\n\ncanary-line-two\r\n'));
  expect(forms).toContain('canary-line-one');
  expect(forms).toContain('canary-line-two');
  expect(forms).not.toContain('short');
  expect(forms).not.toContain('');
  expect(forms).toContain('-----BEGIN X-----\\ncanary-line-one\\nshort\\n\\ncanary-line-two\\r\\n');
});

test('whatever the secret: no form twice, none short, longest first, never a throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 8 }), fc.string(), (text, username) => {
      const forms = maskForms(new Secret(text), username);
      expect(new Set(forms).size).toBe(forms.length);
      expect(forms.every((form) => form.length >= 8)).toBe(true);
      expect([...forms].sort((a, b) => b.length - a.length)).toEqual(forms);
    }),
  );
});

test('a printable secret is masked itself and in every encoding', () => {
  const printable = fc.string({ minLength: 8 }).filter((text) => text.trim().length >= 8);
  fc.assert(
    fc.property(printable, (text) => {
      const forms = maskForms(new Secret(text), 'ada');
      expect(forms).toContain(text);
      expect(forms).toContain(encodeURIComponent(text));
      expect(forms).toContain(JSON.stringify(text).slice(1, -1));
      expect(forms).toContain(Buffer.from(text).toString('base64'));
      expect(forms).toContain(Buffer.from(`ada:${text}`).toString('base64'));
    }),
  );
});
