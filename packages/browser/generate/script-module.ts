import { createHash } from 'node:crypto'

/** The text of `src/script.ts`. */
export function scriptModule(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
  return `/** Made by \`pnpm generate\` from \`iife.ts\`. */

/** The script for pages without a bundler, as a collector serves it. */
export interface PageScript {
  /** Of its content: what has this name never changes. */
  readonly name: string
  /** Sets one global, \`capi\`, with \`createTracker\`. */
  readonly text: string
}

/**
 * \`createTracker\` for pages without a bundler. Give it to your collector, which then serves it beside itself: at \`/events/c.js\`,
 * and at \`/events/\${script.name}\`, which browsers may keep indefinitely.
 * @example
 * app.use('/events', capiCollector({ allowedOrigins, events, script }))
 */
export const script: PageScript = {
  name: 'c.${hash}.js',
  text: ${JSON.stringify(text)},
}
`
}
