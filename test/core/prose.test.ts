import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskForms } from '../../src/core/mask-forms.ts';
import { prose } from '../../src/core/prose.ts';
import { Secret } from '../../src/core/secret.ts';

describe('rule 27: what others wrote is fit to print', () => {
  test.each([
    ['plain words stay as they are', 'plain words stay as they are'],
    ['  two\r\nlines\tand a tab ', 'two lines and a tab'],
    ['\u001b[31mred\u001b[0m and \u001b]0;title\u0007bell', 'red and bell'],
    ['\u009b31mred', 'red'],
    ['left\u202eright\u2066mark\u200b', 'leftrightmark'],
    ['nul\u0000 bell\u0007', 'nul bell'],
    ['::add-mask::x', ': :add-mask: :x'],
    [':::::', ': : : : :'],
    [':\u001b[0m:set-output', ': :set-output'],
    ['##[error]x', '# #[error]x'],
    ['##vso[task.setvariable]x', '# #vso[task.setvariable]x'],
    ['section_start:1:x\r\u001b[0Ksection_end:1:x', 'section start:1:x section end:1:x'],
    ['', ''],
  ])('%j', (text, expected) => {
    expect(prose(text, [])).toBe(expected);
  });

  test('at most 200 characters, no half surrogate pair', () => {
    expect([...prose('😀'.repeat(300), [])]).toHaveLength(200);
    expect(prose('😀'.repeat(300), [])).toMatch(/^(?:😀){199}…$/u);
  });

  test('known secrets are redacted in every form, also across the cut', () => {
    const secrets = maskForms(new Secret('canary-token-1'), 'ada');
    const basic = Buffer.from('ada:canary-token-1').toString('base64');
    expect(prose(`Bad token canary-token-1 (Basic ${basic})`, secrets)).toBe('Bad token *** (Basic ***)');
    expect(prose(`${'x'.repeat(190)}canary-token-1`, secrets)).toBe(`${'x'.repeat(190)}***`);
    expect(prose('canary-\u001b[1mtoken-1', secrets)).toBe('***');
  });

  test('one secret inside another leaves no rest', () => {
    expect(prose('canary-token-long', ['canary-token', 'canary-token-long'])).toBe('***');
  });

  test('whatever the text: one short line, nothing that obeys or hides', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '::',
            ':',
            '##',
            '#',
            '[',
            'section_start',
            '\n',
            '\u001b',
            '\u001b[1m',
            '\u202e',
            'a',
          ),
        )
        .map((p) => p.join('')),
    );
    fc.assert(
      fc.property(nasty, (text) => {
        const line = prose(text, []);
        expect([...line].length).toBeLessThanOrEqual(200);
        expect(line).not.toMatch(/::|##|section_(?:start|end)|[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }),
      { numRuns: 300 },
    );
  });
});
