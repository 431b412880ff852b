import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { diagnosticsFill } from './fills/diagnostics.ts'
import { dropReasonsFill } from './fills/drop-reasons.ts'
import { issuesFill } from './fills/issues.ts'
import { metaErrorsFill } from './fills/meta-errors.ts'
import { packagesFill } from './fills/packages.ts'
import { refusalWordsFill } from './fills/refusal-words.ts'
import { speedFill } from './fills/speed.ts'
import { transportFill } from './fills/transport.ts'
import { DIAGRAMS, REPOSITORY } from './places.ts'
import { readmeSection } from './readme-section.ts'

/** What a page may ask for by a line of its own: `<!-- data: issues -->`. */
const DATA: Readonly<Record<string, () => string>> = {
  diagnostics: diagnosticsFill,
  'drop-reasons': dropReasonsFill,
  issues: issuesFill,
  'meta-errors': metaErrorsFill,
  packages: packagesFill,
  'refusal-words': refusalWordsFill,
  speed: speedFill,
  transport: transportFill,
}

const KINDS: Readonly<Record<string, (argument: string) => string>> = {
  data: (name) => {
    const fill = DATA[name]
    if (!fill) throw new Error(`There is no data named ${name}`)
    return fill()
  },
  /** `<!-- diagram: pair -->` is diagrams/pair.svg, as part of the page, so that it takes on its colours. */
  diagram: (name) => {
    const svg = readFileSync(join(DIAGRAMS, `${name}.svg`), 'utf8')
    return `<figure class="diagram not-content">${svg.replaceAll(/\s*\n\s*/g, ' ').trim()}</figure>`
  },
  /** `<!-- readme: packages/express # Warnings -->` is what stands under that heading. */
  readme: (argument) => {
    const [folder = '', heading = ''] = argument.split(' # ')
    return readmeSection(readFileSync(join(REPOSITORY, folder, 'README.md'), 'utf8'), heading)
  },
}

/** Puts data, diagrams and parts of READMEs where a page asks for them. */
export function fillIn(body: string): string {
  return body.replaceAll(/^<!-- (\w+): (.+) -->$/gm, (line, kind: string, argument: string) => {
    const fill = KINDS[kind]
    if (!fill) throw new Error(`Nothing is known to put in place of ${line}`)
    return fill(argument)
  })
}
