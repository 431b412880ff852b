/**
 * The condition by which this repository's tests and type checks read sources. A user's Node.js runs no TypeScript
 * under node_modules, and the sources import what the built files have inside.
 */
const SOURCE = '@capi/source'

function withoutSource(value) {
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => key !== SOURCE)
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutSource(one)]))
}

const EXACT = /^\d+\.\d+\.\d+$/

/** The catalog pins what is tested. Users take every compatible version from there on, a security fix among them. */
function asRanges(dependencies) {
  const pairs = Object.entries(dependencies)
  return Object.fromEntries(pairs.map(([name, as]) => [name, EXACT.test(as) ? `^${as}` : as]))
}

/** Names private packages, and files that are not packed: nothing of it is for users. */
function withoutOurs({ devDependencies: _tools, scripts: _commands, ...manifest }) {
  return manifest
}

/** For `moduleResolution: node10`, which reads no `exports`: where the types of each entry below the root are. */
function typesVersionsOf(exports) {
  const typed = Object.entries(exports).filter(([path, to]) => path !== '.' && to?.require?.types)
  const paths = typed.map(([path, to]) => [path.slice(2), [to.require.types]])
  return paths.length > 0 ? { typesVersions: { '*': Object.fromEntries(paths) } } : {}
}

function published(manifest) {
  const { exports, dependencies } = manifest
  return {
    ...withoutOurs(manifest),
    ...(exports && { exports: withoutSource(exports), ...typesVersionsOf(exports) }),
    ...(dependencies && { dependencies: asRanges(dependencies) }),
  }
}

export const hooks = {
  /** Of every tarball, packed or published; `tools/consumers` packs private packages too, and builds them. */
  beforePacking: (manifest) => (manifest.private ? manifest : published(manifest)),
}
