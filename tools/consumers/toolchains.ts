import { installTool } from './install.ts'
import { NODES, TYPESCRIPTS } from './versions.ts'

/** Paths by version: of Node.js, and of the compiler's main file. */
export interface Toolchains {
  readonly nodes: ReadonlyMap<string, string>
  readonly compilers: ReadonlyMap<string, string>
}

export async function installToolchains(folder: string): Promise<Toolchains> {
  const nodes = new Map<string, string>()
  for (const version of NODES)
    nodes.set(version, await installTool(folder, 'node', version, 'bin/node'))
  const compilers = new Map<string, string>()
  for (const version of TYPESCRIPTS)
    compilers.set(version, await installTool(folder, 'typescript', version, 'lib/tsc.js'))
  return { nodes, compilers }
}
