import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Packed } from './pack.ts'
import { run } from './run.ts'

export type Dependencies = Readonly<Record<string, string>>

export interface InstallMore {
  /** Fields of package.json beside the dependencies. */
  readonly manifest?: object
  /** Where packages come from; default: the machine's registry. */
  readonly npmrc?: string
}

/** A fresh folder with these dependencies, installed by npm. */
export async function install(
  folder: string,
  dependencies: Dependencies,
  more: InstallMore = {},
): Promise<void> {
  await writeManifest(folder, dependencies, more)
  await npmInstall(folder)
}

/** The same, before anything is installed. */
export async function writeManifest(
  folder: string,
  dependencies: Dependencies,
  { manifest, npmrc }: InstallMore = {},
): Promise<void> {
  await rm(folder, { recursive: true, force: true }) // npm would keep the tarball of an earlier run.
  await mkdir(folder, { recursive: true })
  const own = { name: 'consumer', private: true, type: 'module', dependencies, ...manifest }
  await writeFile(join(folder, 'package.json'), JSON.stringify(own, null, 2))
  if (npmrc !== undefined) await writeFile(join(folder, '.npmrc'), npmrc)
}

export async function npmInstall(folder: string): Promise<void> {
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder })
}

/** Installs a toolchain of one package; resolves with the path of a file in it. */
export async function installTool(
  folder: string,
  name: string,
  version: string,
  file: string,
): Promise<string> {
  const home = join(folder, `${name}-${version}`)
  const path = join(home, 'node_modules', name, file)
  if (!existsSync(path)) await install(home, { [name]: version })
  return path
}

/** The tarballs of packages and of ours that those depend on. None is on a registry yet. */
export function tarballsOf(names: readonly string[], packed: readonly Packed[]): Dependencies {
  const found = new Map<string, string>()
  const add = (name: string): void => {
    const one = packed.find((candidate) => candidate.name === name)
    if (one === undefined || found.has(name)) return
    found.set(name, `file:${one.tarball}`)
    for (const dependency of Object.keys(one.manifest.dependencies ?? {})) add(dependency)
  }
  for (const name of names) add(name)
  return Object.fromEntries(found)
}
