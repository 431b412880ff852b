/** What stands under a `## ` heading, without the heading. */
export function readmeSection(markdown: string, heading: string): string {
  const [, after] = markdown.split(`\n## ${heading}\n`)
  if (after === undefined) throw new Error(`No README section is called ${heading}`)
  return (after.split('\n## ')[0] ?? '').trim()
}
