import { join } from 'node:path'
import { specifiersOf } from '../public-packages.ts'
import { type Application, compile, runProgram, writeApplication } from './application.ts'
import { checkReadme } from './check-readme.ts'
import { type Build, FORMATS, RESOLUTIONS } from './compiler-options.ts'
import { install, tarballsOf } from './install.ts'
import { SERVER_OF } from './servers.ts'
import { type DependencySet, NOT_LOADED } from './sets.ts'
import { EMITS } from './versions.ts'
import type { Workshop } from './workshop.ts'

/** Installs the set, compiles its programs with every compiler and runs them on every Node.js. */
export async function checkSet(workshop: Workshop, set: DependencySet): Promise<void> {
  const { root, packed, rows } = workshop
  const folder = join(root, set.name.replace(' ', '-'))
  const ours = tarballsOf([...set.packages, '@capi/emulator'], packed)
  const isInstalled = await rows.check(`${set.name} | npm install`, () =>
    install(folder, { ...ours, ...set.dependencies }),
  )
  if (!isInstalled) return
  const entries = loadable(workshop, set)
  const application = await writeApplication(folder, set.programs, entries)
  for (const format of FORMATS)
    for (const resolution of RESOLUTIONS)
      await checkBuilds(workshop, application, { ...set, format, resolution })
  for (const readme of set.readmes) await checkReadme(workshop, { ...set, folder }, readme)
}

interface Cell extends Omit<Build, 'typescript'> {
  readonly name: string
}

async function checkBuilds(
  workshop: Workshop,
  application: Application,
  cell: Cell,
): Promise<void> {
  const { toolchains, rows, servers } = workshop
  const title = `${cell.name} | ${cell.format} ${cell.resolution}`
  for (const [typescript, tsc] of toolchains.compilers) {
    const build = { ...cell, typescript }
    const compiles = await rows.check(`${title} | TypeScript ${typescript} compiles`, () =>
      compile(application, build, tsc),
    )
    if (!compiles || EMITS[cell.resolution] !== typescript) continue
    for (const [version, node] of toolchains.nodes)
      for (const program of application.programs.filter((one) => canRun(one, build)))
        await rows.checkUnless(
          servers.missing(SERVER_OF[program]),
          `${title} | Node ${version} runs ${program}`,
          () =>
            servers.use(SERVER_OF[program], (env) =>
              runProgram({ application, build, program, node, env }),
            ),
        )
  }
}

/** For bundlers, TypeScript writes `import()` as `require()` in CommonJS: there is no second copy then. */
function canRun(program: string, { format, resolution }: Build): boolean {
  return !(program.endsWith('copies') && format === 'cjs' && resolution === 'bundler')
}

function loadable({ packed }: Workshop, { packages }: DependencySet): readonly string[] {
  return packed
    .filter(({ name }) => packages.includes(name))
    .flatMap(({ manifest }) => specifiersOf(manifest))
    .filter((entry) => !(entry in NOT_LOADED))
}
