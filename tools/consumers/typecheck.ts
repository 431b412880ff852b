import { run } from './run.ts'

/** Packages, not ours, whose own declarations do not compile: what is wrong inside them is their users' to live with. */
const BROKEN: Readonly<Record<string, string>> = {
  'pg-boss': '12.38 imports a type that it does not export, and needs @types/pg',
}

/** Runs the compiler; rejects with what it finds, in declarations too, but for the packages above. */
export async function typecheck(folder: string, project: string, tsc: string): Promise<void> {
  try {
    await run(process.execPath, [tsc, '-p', project], { cwd: folder })
  } catch (error) {
    const found = String(error).match(/^\S.*: error TS.*$/gm) ?? []
    if (found.length === 0 || found.some((line) => !isTheirs(line))) throw error
  }
}

function isTheirs(line: string): boolean {
  return Object.keys(BROKEN).some((name) => line.includes(`node_modules/${name}/`))
}
