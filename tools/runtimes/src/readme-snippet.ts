import { readFileSync } from 'node:fs'

/** The first `ts` block of a page that holds this text, as a reader copies it. The page's path starts at the repository. */
export function snippet(page: string, text: string): string {
  const markdown = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8')
  const blocks = [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code)
  const found = blocks.find((code) => code.includes(text))
  if (found === undefined) throw new Error(`${page} has no snippet with ${text}`)
  return found
}
