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

export const hooks = {
  /** Of every tarball, packed or published. */
  beforePacking: (manifest) =>
    manifest.exports ? { ...manifest, exports: withoutSource(manifest.exports) } : manifest,
}
