// Plays a release in a clone of what is committed, against a registry on loopback: nothing leaves this machine.
// REHEARSAL_FOLDER: where, and then it stays.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { install } from '../../consumers/install.ts'
import { startRegistry } from '../../consumers/registry.ts'
import { createRows } from '../../consumers/rows.ts'
import { run } from '../../consumers/run.ts'
import { publicManifests, REPOSITORY, readManifest } from '../../public-packages.ts'
import { printedSteps } from './printed-steps.ts'

const given = process.env['REHEARSAL_FOLDER']
if (given) await mkdir(given, { recursive: true })
const root = await realpath(given || (await mkdtemp(join(tmpdir(), 'capi-rehearsal-'))))
const clone = join(root, 'capi')
/** Made up, and in the clone alone. */
const MADE_UP = 'acme/capi'
/** Read once: what comes into the repository meanwhile is not in the clone. */
const PACKAGES = publicManifests()
const NAMES = PACKAGES.map(({ manifest }) => manifest.name)

const rows = createRows(console.log)
const registry = await startRegistry(join(root, 'registry'), join(root, 'toolchains'))
const path = [
  join(clone, '.github/pnpm/node_modules/@pnpm/exe.linux-x64'),
  join(clone, 'node_modules/.bin'),
  dirname(process.execPath),
  process.env['PATH'],
].join(delimiter)
// Only a workflow of GitHub's gets provenance; builds of this tree are taken from its cache.
const env = { PATH: path, CI: 'true', TURBO_CACHE_DIR: join(REPOSITORY, '.turbo/cache') }
const NO_PROVENANCE = { NPM_CONFIG_PROVENANCE: 'false', PNPM_CONFIG_PROVENANCE: 'false' }

const sh = async (line: string, more: Readonly<Record<string, string>> = {}) =>
  await run('sh', ['-euc', line], { cwd: clone, env: { ...env, ...more }, timeoutMs: 900_000 })

/** Stops at the first step that fails: the later ones stand on it. */
async function step(name: string, action: () => Promise<void>): Promise<void> {
  if (!(await rows.check(name, action))) throw new Error(`The rehearsal stops: ${name}`)
}

try {
  await step('a clone of what is committed, and the pnpm whose hash is checked', async () => {
    await rm(clone, { recursive: true, force: true })
    await run('git', ['clone', '-q', REPOSITORY, clone], { cwd: root })
    await sh(
      'git checkout -q -B main && git config user.name Rehearsal && git config user.email rehearsal@localhost',
    )
    await writeFile(join(clone, '.npmrc'), registry.npmrc)
    await writeFile(join(clone, '.git/info/exclude'), '.npmrc\n')
    await sh('npm ci --ignore-scripts --prefix .github/pnpm && pnpm install --frozen-lockfile')
  })
  await step('a release stops while manifests do not say where they come from', async () => {
    const refusal = await blockers().then(
      () => 'It goes on.',
      (error: Error) => error.message,
    )
    for (const rule of [
      'repository.url',
      'repository.directory',
      'bugs.url',
      'homepage',
      'CODEOWNERS',
    ])
      assert.match(refusal, new RegExp(`- \\S*${rule}`), refusal)
  })
  await step(`it goes on once they do (${MADE_UP}, in the clone)`, async () => {
    await fillIn()
    await blockers()
    await sh('git commit -qam "Where the packages come from"')
  })
  const [pack, publish] = printedSteps(readFileSync(join(REPOSITORY, 'CONTRIBUTING.md'), 'utf8'))
  await step(`by hand, as printed: ${pack}`, async () => void (await sh(pack ?? '')))
  // Built once: the versions played below change no code.
  await writeFile(join(clone, 'node_modules/.bin/turbo'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
  await step('npm refuses a tarball that asks for provenance, outside a workflow', async () => {
    const refusal = await sh('npm publish ./tarballs/capi-core.tgz --access public').then(
      () => 'It was published.',
      (error: Error) => error.message,
    )
    assert.match(refusal, /provenance/)
  })
  await step(`by hand, as printed: ${publish}`, async () => {
    await sh(publish ?? '')
    await published('0.0.0')
  })
  for (const [version, changeset] of [
    ['0.1.0', undefined],
    [
      '0.1.1',
      '---\n"@capi/core": patch\n---\n\nA batch of one event is sent at once. Nothing to do.\n',
    ],
  ] as const)
    await release(version, changeset)
  await step('an application installs the release', async () => {
    const ours = Object.fromEntries(
      ['@capi/core', '@capi/emulator', '@capi/express'].map((name) => [name, '^0.1.0']),
    )
    const shop = join(root, 'shop')
    await install(shop, { ...ours, express: '5.3.0' }, { npmrc: registry.npmrc })
    assert.equal(readManifest(join(shop, 'node_modules/@capi/express')).version, '0.1.1')
    const program =
      "const { capiMiddleware } = await import('@capi/express'); capiMiddleware({ enabled: false })"
    await run(process.execPath, ['--input-type=module', '-e', program], { cwd: shop })
  })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
} finally {
  await registry.close()
  if (!given) await rm(root, { recursive: true, force: true })
}
if (!rows.close()) process.exitCode = 1

/** The jobs of release.yml: `version`, then, merged, `mode`, `pack` and `publish`. */
async function release(version: string, changeset: string | undefined): Promise<void> {
  await step(`${version} | job version: manifests and changelogs`, async () => {
    if (changeset !== undefined) await writeFile(join(clone, '.changeset/next.md'), changeset)
    await sh('pnpm run release:version && git add -A && git commit -qm "Version Packages"')
    for (const { folder } of PACKAGES) {
      assert.equal(readManifest(join(clone, folder)).version, version, folder)
      const text = readFileSync(join(clone, folder, 'CHANGELOG.md'), 'utf8')
      assert.ok(text.includes(`## ${version}\n`), folder)
      assert.doesNotMatch(text, /Updated dependencies|^- [0-9a-f]{7}:/m, folder)
    }
    if (changeset !== undefined) {
      const text = readFileSync(join(clone, 'packages/express/CHANGELOG.md'), 'utf8')
      assert.match(text, /Needs `@capi\/core@0\.1\.1`: update all .*\n {2}- A batch of one event/)
    }
  })
  await step(`${version} | jobs mode and pack: the plan, and tarballs`, async () => {
    await blockers()
    await sh(
      'changeset publish-plan --output ../plan.json && rm -rf ../packed && changeset pack --from-publish-plan ../plan.json --out-dir ../packed',
    )
  })
  await step(
    `${version} | job publish: every package, its git tag, and no second time`,
    async () => {
      await sh('changeset publish --from-pack-dir ../packed', NO_PROVENANCE)
      await published(version)
      const tags = (await sh('git tag --points-at HEAD')).trim().split('\n').sort()
      assert.deepEqual(tags, NAMES.map((name) => `${name}@${version}`).sort())
      await sh('changeset publish-plan --output ../rest.json')
      assert.doesNotMatch(readFileSync(join(root, 'rest.json'), 'utf8'), /"@capi\//)
    },
  )
}

async function blockers(): Promise<void> {
  await sh('node tools/release/main.ts', { GITHUB_REPOSITORY: MADE_UP })
}

async function fillIn(): Promise<void> {
  for (const { folder } of PACKAGES) {
    const url = `git+https://github.com/${MADE_UP}.git`
    const origin = {
      repository: { type: 'git', url, directory: folder },
      bugs: { url: `https://github.com/${MADE_UP}/issues` },
      homepage: 'https://capi.example/',
    }
    const text = JSON.stringify({ ...readManifest(join(clone, folder)), ...origin }, null, 2)
    await writeFile(join(clone, folder, 'package.json'), `${text}\n`)
  }
  await sh("sed -i.old 's/@OWNER/@acme/g' .github/CODEOWNERS && rm .github/CODEOWNERS.old")
}

/** The registry has this version of every package, and answers it when the latest is asked for. */
async function published(version: string): Promise<void> {
  for (const name of NAMES) {
    const response = await fetch(registry.url + name.replace('/', '%2f'))
    const document = (await response.json()) as {
      readonly 'dist-tags': Readonly<Record<string, string>>
      readonly versions: Readonly<
        Record<
          string,
          {
            readonly publishConfig?: { readonly provenance?: boolean }
            readonly devDependencies?: object
          }
        >
      >
    }
    const found = document.versions[version]
    assert.ok(found, `${name}@${version} is not there`)
    assert.equal(found.devDependencies, undefined, name)
    assert.equal(found.publishConfig?.provenance ?? true, true, name)
    if (version !== '0.0.0') assert.equal(document['dist-tags']['latest'], version, name)
  }
}
