export async function runPost(_: { env: unknown }): Promise<void> {}
