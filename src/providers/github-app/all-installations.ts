import type { AppClient } from './client.ts';
import { type Installation, notTheApi, readInstallation } from './installation.ts';

/** Of a hundred installations; what a host says beyond that is not believed. */
const mostPages = 100;

/** Everywhere an App is installed. Throws as the client does. */
export async function allInstallations(client: AppClient): Promise<readonly Installation[]> {
  const first = await client.installations(1);
  const last = Math.min(first.lastPage, mostPages);
  const further = Array.from({ length: last - 1 }, (_none, index) => index + 2);
  const pages = [first, ...(await Promise.all(further.map((page) => client.installations(page))))];
  return pages.flatMap(({ list }) => {
    if (!Array.isArray(list)) throw notTheApi(client.api);
    return list.map((one) => readInstallation(one, client.api));
  });
}
