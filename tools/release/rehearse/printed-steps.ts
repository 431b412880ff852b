/** The commands that CONTRIBUTING prints for the first publish by hand, line by line. */
export function printedSteps(contributing: string): readonly string[] {
  const releasing = contributing.slice(contributing.indexOf('\n## Releasing\n'))
  const [, block = ''] = /^ *```sh\n((?:.*\n)+?) *```$/m.exec(releasing) ?? []
  const lines = block
    .trim()
    .split('\n')
    .map((line) => line.trim())
  if (!lines[0]?.endsWith(' tarballs') || !lines[1]?.includes('npm publish ') || lines.length !== 2)
    throw new Error(`CONTRIBUTING.md, Releasing, publishes in two lines, but for:\n${block}`)
  return lines
}
