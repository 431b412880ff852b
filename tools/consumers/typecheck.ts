import { run } from './run.ts'

/** Runs the compiler; rejects with what it finds, in declarations too. */
export async function typecheck(folder: string, project: string, tsc: string): Promise<void> {
  await run(process.execPath, [tsc, '-p', project], { cwd: folder })
}
