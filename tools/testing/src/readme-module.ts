import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The module that a README shows: its first block of TypeScript with this text in it, run as a reader would run it. It may import
 * types only.
 */
export async function readmeModule(readme: URL, text: string): Promise<Record<string, unknown>> {
  const blocks = [...readFileSync(readme, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)]
  const code = blocks.map(([, block = '']) => block).find((block) => block.includes(text))
  if (code === undefined) throw new Error(`The README has no block with ${text}.`)
  const file = join(mkdtempSync(join(tmpdir(), 'capi-readme-')), 'snippet.ts')
  writeFileSync(file, code)
  return await import(/* @vite-ignore */ pathToFileURL(file).href)
}
