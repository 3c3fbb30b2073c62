import { tsImport } from 'tsx/esm/api';

/** Jest loads this file as it is, so TypeScript is loaded by hand. */
export default async function setup({ maxWorkers }) {
  const { startServers } = await tsImport('./run.servers.ts', import.meta.url);
  globalThis.__holdfastStopServers = await startServers(maxWorkers);
}
