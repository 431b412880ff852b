import { CapiConfigError } from '../issue/errors.ts'

/**
 * Stands in the place of `portable-sha256.ts` in builds for Node.js, Bun and Deno (the condition `node` of `package.json`), which have
 * `node:crypto`: without the portable hash they are 6 kB smaller.
 * @throws CapiConfigError
 */
export function portableSha256(_text: string): string {
  throw new CapiConfigError(
    'config_invalid',
    "This build of @capi/core is for Node.js and needs node:crypto, which this runtime lacks. Let the bundler resolve packages without the condition 'node', for example with 'workerd' or 'edge-light'.",
  )
}
