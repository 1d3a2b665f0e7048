import { Failure } from '../core/failure.ts';
import { largestManifest } from '../core/manifest/encoding.ts';

/**
 * All of standard input as text.
 * @throws Failure `usage` for more than 4 MiB: a stream that never ends would fill the memory.
 */
export async function readStandardInput(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > largestManifest) throw tooLarge();
    chunks.push(bytes);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function tooLarge(): Failure {
  return new Failure('usage', 'Standard input has more than 4 MiB.', {
    hint: 'Check what is piped in: a manifest or one secret is expected.',
  });
}
