import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { REPOSITORY } from '../public-packages.ts'

/** One line of a source, and what stands in its place for one run of the tests. */
export interface Fault {
  /** From the repository's root. */
  readonly file: string
  /** Of `choose.ts`, or `FIRST`. */
  readonly kind: string
  /** The whole line as it is; the file has no second one like it. */
  readonly from: string
  readonly to: string
  /** Why no test can see it: it counts neither way. */
  readonly equivalent?: string
  /** Why it stays, where no test sees it. */
  readonly reason?: string
  /** Which test saw it; a blank one means that none did. Absent: not run yet. */
  readonly caughtBy?: string
}

const FAULTS = join(REPOSITORY, 'tools/mutate/faults.json')
const RESULTS = join(REPOSITORY, 'tools/mutate/results.md')

/** Written by hand: survivors of an earlier list. They say nothing about the share. */
export const FIRST = 'of the first list'

export const packageOf = ({ file }: Fault): string => file.split('/')[1] ?? ''

export function readFaults(): readonly Fault[] {
  return JSON.parse(readFileSync(FAULTS, 'utf8'))
}

/** Writes the list, and the table that people read. */
export function writeFaults(faults: readonly Fault[]): void {
  writeFileSync(FAULTS, `${JSON.stringify(faults, null, 2)}\n`)
  writeFileSync(RESULTS, table(faults))
}

const show = (text: string) => `\`\`${text.trim() || ' '}\`\``
const rows = (faults: readonly Fault[], say: (fault: Fault) => string) =>
  faults.map((fault) =>
    `- \`${fault.file}\` (${fault.kind}): ${show(fault.from)} → ${show(fault.to)}. ${say(fault)}`.trimEnd(),
  )

function table(faults: readonly Fault[]): string {
  const first = faults.filter(({ kind }) => kind === FIRST)
  const equivalent = faults.filter(
    (fault) => fault.kind !== FIRST && fault.equivalent !== undefined,
  )
  const counted = faults.filter((fault) => fault.kind !== FIRST && fault.equivalent === undefined)
  const caught = counted.filter(({ caughtBy }) => caughtBy)
  const packages = [...Map.groupBy(counted, packageOf)].map(([name, all]) => {
    const some = all.filter(({ caughtBy }) => caughtBy)
    const open = all.filter(({ caughtBy }) => caughtBy === undefined)
    return `| ${name} | ${some.length} | ${all.length - some.length - open.length} | ${open.length} |`
  })
  const run = counted.filter(({ caughtBy }) => caughtBy !== undefined)
  const share = Math.round((100 * caught.length) / Math.max(1, run.length))
  const left = ({ reason, caughtBy }: Fault) =>
    caughtBy === undefined ? 'Not run yet.' : (reason ?? 'No reason given.')
  const seen = ({ caughtBy }: Fault) => `Seen by \`${caughtBy}\`.`
  return [
    '# Faults put into the sources, one at a time',
    '',
    'Written by `node tools/mutate/main.ts run`. The list is `faults.json`; `choose.ts` chose it without a look at the tests.',
    '',
    `**${caught.length} of ${run.length} caught (${share} %), ${counted.length - run.length} not run yet.** ${equivalent.length} equivalent ones are left out.`,
    '',
    '| Package | Caught | Survived | Not run yet |',
    '| --- | --- | --- | --- |',
    ...packages,
    '',
    '## Survivors',
    '',
    ...rows(
      run.filter(({ caughtBy }) => caughtBy === ''),
      left,
    ),
    '',
    '## Not run yet',
    '',
    ...rows(
      counted.filter(({ caughtBy }) => caughtBy === undefined),
      () => '',
    ),
    '',
    '## Equivalent',
    '',
    ...rows(equivalent, (fault) => fault.equivalent ?? ''),
    '',
    '## Caught',
    '',
    ...rows(caught, seen),
    '',
    '## Survivors of the list before this one',
    '',
    ...rows(first, (fault) => fault.equivalent ?? (fault.caughtBy ? seen(fault) : left(fault))),
    '',
  ].join('\n')
}
