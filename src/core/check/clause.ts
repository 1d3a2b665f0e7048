/** A message as a part of a sentence: `Cannot reach h: no route.` is `cannot reach h: no route`. */
export function clause(message: string): string {
  return message.replace(/\.$/, '').replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase());
}
