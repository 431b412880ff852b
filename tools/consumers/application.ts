import { cpSync, globSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Build, FORMATS, outputOf, tsconfigOf } from './compiler-options.ts'
import { entriesProgram } from './entries-program.ts'
import { run } from './run.ts'
import { typecheck } from './typecheck.ts'

const PROGRAMS = fileURLToPath(new URL('./programs', import.meta.url))

export interface Application {
  readonly folder: string
  readonly programs: readonly string[]
}

/** Writes an application beside an installed `node_modules`: one folder for each module system. */
export async function writeApplication(
  folder: string,
  programs: readonly string[],
  entries: readonly string[],
): Promise<Application> {
  for (const format of FORMATS) {
    const home = join(folder, format)
    await mkdir(home, { recursive: true })
    const type = format === 'esm' ? 'module' : 'commonjs'
    await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, type }))
    for (const name of ['one-event', ...programs])
      cpSync(join(PROGRAMS, `${name}.ts`), join(home, `${name}.ts`))
    await writeFile(join(home, 'entries.ts'), entriesProgram(entries))
  }
  return { folder, programs: ['entries', ...programs] }
}

/** Checks and emits all programs of a module system; `tsc` is the compiler's main file. */
export async function compile({ folder }: Application, build: Build, tsc: string): Promise<void> {
  const home = join(folder, build.format)
  const config = `tsconfig.${basename(outputOf(build))}.json`
  await writeFile(join(home, config), JSON.stringify(tsconfigOf(build)))
  await typecheck(home, config, tsc)
}

export interface ProgramRun {
  readonly application: Application
  readonly build: Build
  readonly program: string
  /** The path of the Node.js that runs it. */
  readonly node: string
  readonly env?: Readonly<Record<string, string>>
}

export async function runProgram(asked: ProgramRun): Promise<void> {
  const { application, build, program, node, env = {} } = asked
  const home = join(application.folder, build.format)
  await run(node, [join(outputOf(build), `${program}.js`)], { cwd: home, env, timeoutMs: 60_000 })
}

/** All programs there are, to notice one that no application runs. */
export function programNames(): readonly string[] {
  return globSync('*.ts', { cwd: PROGRAMS })
    .map((file) => basename(file, '.ts'))
    .filter((name) => name !== 'one-event')
    .sort()
}
