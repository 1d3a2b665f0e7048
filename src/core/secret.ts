/**
 * A text that must not be seen. It prints as `***` wherever a program shows values by itself: string
 * conversion, JSON, `console.log`, assertion messages. `reveal` is the one way out; a test lists its uses.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '***';
  }
}
