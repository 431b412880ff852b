import { join } from 'node:path'
import { publicManifests, readManifest } from '../public-packages.ts'
import type { Packed } from './pack.ts'

/** One application's dependencies, and the programs of `programs/` that it runs. */
export interface DependencySet {
  readonly name: string
  /** Public packages it asks for; what those need of each other comes along. */
  readonly packages: readonly string[]
  readonly dependencies: Readonly<Record<string, string>>
  readonly programs: readonly string[]
  /** Whether a dependency that is not ours compiles only beside a browser's types. */
  readonly needsDom?: boolean
  /** Whose README's first snippet runs in it: a package, or `@capi`, the repository's own. */
  readonly readmes: readonly string[]
}

const express = (name: string, version: string, types: string, node: string): DependencySet => ({
  name,
  packages: ['@capi/express'],
  dependencies: { express: version, '@types/express': types, '@types/node': node },
  programs: ['express'],
  readmes: ['@capi/express', '@capi'],
})

const fastify = (name: string, version: string, node: string): DependencySet => ({
  name,
  packages: ['@capi/fastify'],
  dependencies: { fastify: version, '@fastify/formbody': '8.0.2', '@types/node': node },
  programs: ['fastify'],
  readmes: ['@capi/fastify'],
})

const hono = (name: string, version: string, server: string, node: string): DependencySet => ({
  name,
  packages: ['@capi/web'],
  dependencies: { hono: version, '@hono/node-server': server, '@types/node': node },
  programs: ['hono'],
  readmes: ['@capi/web'],
})

const nest = (name: string, version: string, terminus: string, node: string): DependencySet => ({
  name,
  packages: ['@capi/nest'],
  dependencies: {
    '@nestjs/common': version,
    '@nestjs/core': version,
    '@nestjs/platform-express': version,
    '@nestjs/terminus': terminus,
    '@types/express': '5.0.6',
    '@types/node': node,
    'reflect-metadata': '0.2.2',
    rxjs: '7.8.2',
  },
  programs: ['nest', 'nest-copies'],
  readmes: ['@capi/nest'],
})

const shopify = (
  name: string,
  version: string,
  framework: string,
  types: string,
): DependencySet => ({
  name,
  packages: ['@capi/shopify'],
  dependencies: {
    '@shopify/shopify-api': version,
    express: framework,
    '@types/express': types,
    '@types/node': '22.20.5',
  },
  programs: ['shopify'],
  needsDom: true, // @shopify/graphql-client
  readmes: ['@capi/shopify'],
})

const redis = (name: string, ioredis: string): DependencySet => ({
  name,
  packages: ['@capi/redis'],
  dependencies: { ioredis, '@types/node': '22.20.5' },
  programs: ['redis'],
  readmes: ['@capi/redis'],
})

const otel = (name: string, api: string, sdk: string): DependencySet => ({
  name,
  packages: ['@capi/otel', '@capi/emulator'],
  dependencies: {
    '@opentelemetry/api': api,
    '@opentelemetry/sdk-metrics': sdk,
    '@types/node': '22.20.5',
  },
  programs: ['otel'],
  readmes: ['@capi/otel'],
})

export const SETS: readonly DependencySet[] = [
  {
    name: 'plain',
    packages: ['@capi/core', '@capi/sqlite', '@capi/emulator'],
    dependencies: { '@types/node': '22.20.5', 'libphonenumber-js': '1.13.16' },
    programs: ['core', 'copies', 'sqlite'],
    readmes: ['@capi/core', '@capi/sqlite', '@capi/emulator'],
  },
  express('express 4.18', '4.18.3', '4.17.25', '22.20.5'),
  express('express 4', '4.22.3', '4.17.25', '24.19.2'),
  express('express 5', '5.3.0', '5.0.6', '26.6.6'),
  fastify('fastify 5.0', '5.0.0', '22.20.5'),
  fastify('fastify 5', '5.12.8', '26.6.6'),
  hono('hono 4.0', '4.0.0', '1.8.2', '22.20.5'),
  hono('hono 4', '4.13.19', '2.1.8', '26.6.6'),
  nest('nest 11', '11.2.10', '11.1.1', '22.20.5'),
  nest('nest 12', '12.5.1', '12.1.0', '26.6.6'),
  shopify('shopify 13', '13.1.0', '4.22.3', '4.17.25'),
  shopify('shopify 15', '15.0.0', '5.3.0', '5.0.6'),
  otel('otel 2', '1.9.1', '2.12.1'),
  otel('otel 3', '1.10.0', '3.1.1'),
  redis('ioredis 5', '5.11.1'),
  redis('ioredis 6', '6.0.0'),
  {
    name: 'postgres',
    packages: ['@capi/postgres'],
    dependencies: { pg: '8.23.1', '@types/node': '22.20.5', '@types/pg': '8.23.1' },
    programs: ['postgres'],
    readmes: ['@capi/postgres'],
  },
]

/** Entry points that cannot be loaded by themselves. */
export const NOT_LOADED: Readonly<Record<string, string>> = {
  '@capi/emulator/vitest': 'loads inside Vitest only; check-vitest.ts has it',
}

/** The sets above, and one for each package that none of them has, with what its own tests install. */
export function setsFor(packed: readonly Packed[]): readonly DependencySet[] {
  const known = new Set(SETS.flatMap(({ packages }) => packages))
  const others = publicManifests().filter(({ manifest: { name } }) => !known.has(name))
  return [
    ...SETS,
    ...others.map(({ folder, manifest: { name, devDependencies } }) => ({
      name: name.replace('@capi/', ''),
      packages: [name],
      dependencies: {
        ...installedIn(folder, devDependencies),
        ...packed.find((one) => one.name === name)?.manifest.peerDependencies,
      },
      programs: [],
      readmes: [name],
    })),
  ]
}

/** Their names, before anything is packed. */
export function setNames(packages: readonly string[]): readonly string[] {
  const known = new Set(SETS.flatMap((set) => set.packages))
  const others = packages.filter((name) => !known.has(name))
  return [...SETS.map(({ name }) => name), ...others.map((name) => name.replace('@capi/', ''))]
}

/** The versions that the workspace has: a tarball names none of them. */
function installedIn(
  folder: string,
  dependencies: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const names = Object.keys(dependencies).filter(
    (name) => !name.startsWith('@capi/') && name !== 'typescript',
  )
  return Object.fromEntries(
    names.map((name) => [name, readManifest(join(folder, 'node_modules', name)).version]),
  )
}
