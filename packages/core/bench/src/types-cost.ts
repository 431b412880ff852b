import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * What calls of core cost a compiler: instantiations and check time, beside a file that only makes a client. Median of five, on
 * TypeScript 7 (core's own) and 6 (the root's). By hand, on an idle machine: `node src/types-cost.ts`.
 */

const core = fileURLToPath(new URL('../../', import.meta.url))
const NAMES = ['Purchase', 'Lead', 'AddToCart', 'ViewContent', 'InitiateCheckout']
const CURRENCIES = ['EUR', 'USD', 'GBP', 'SEK']
const EXTRAS = [
  '',
  ", order_id: 'o1'",
  ", content_ids: ['a']",
  ", content_ids: ['a'], num_items: 1",
]

const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n')
const data = (n: number) =>
  `{ value: ${n}, currency: '${CURRENCIES[n % CURRENCIES.length]}'${EXTRAS[n % EXTRAS.length]} }`
const name = (n: number) => NAMES[n % NAMES.length]
const event = (n: number) =>
  `{ event_name: '${name(n)}', action_source: 'website', event_id: 'e${n}', user_data: { em: 'a${n}@b.co' }, custom_data: ${data(n)} }`

const FILES: Readonly<Record<string, string>> = {
  'a client': '',
  '300 × web.track, one shape': lines(
    300,
    (n) =>
      `void web.track('Purchase', { value: ${n}, currency: 'EUR', order_id: 'o${n}' }, { event_id: 'e${n}', user_data: { em: 'a' } })`,
  ),
  '300 × web.track, 20 shapes': lines(
    300,
    (n) =>
      `void web.track('${name(n)}', ${data(n)}, { event_id: 'e${n}', user_data: { em: 'a${n}@b.co' } })`,
  ),
  '300 × capi.track, 20 shapes': lines(
    300,
    (n) =>
      `void capi.track('${name(n)}', ${data(n)}, { action_source: 'website', event_id: 'e${n}', user_data: { em: 'a' } })`,
  ),
  '300 × capi.send': lines(300, (n) => `void capi.send(${event(n)})`),
  'capi.send([30])': `void capi.send([\n${lines(30, (n) => `${event(n)},`)}\n])`,
}

const head = `import { createCapi, type Tracker } from '${core}src/index.ts'
const capi = createCapi()
export declare const web: Tracker
void capi
`

interface Cost {
  readonly instantiations: number
  readonly checkSec: number
}

/** Version 7 shares files out among checkers, each of which instantiates what it meets: the sum then differs from run to run. */
function measure(tsc: string, project: string, isSeven: boolean): Cost {
  const one = isSeven ? ['--singleThreaded'] : []
  const args = [tsc, '-p', project, '--extendedDiagnostics', ...one]
  const told = execFileSync(process.execPath, args, { encoding: 'utf8' })
  const read = (label: string) => Number(new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(told)?.[1])
  return { instantiations: read('Instantiations'), checkSec: read('Check time') }
}

function median(costs: readonly Cost[]): Cost {
  const middle = (pick: (cost: Cost) => number) =>
    costs.map(pick).sort((a, b) => a - b)[costs.length >> 1] ?? Number.NaN
  return {
    instantiations: middle((cost) => cost.instantiations),
    checkSec: middle((cost) => cost.checkSec),
  }
}

const folder = mkdtempSync(join(tmpdir(), 'capi-types-cost-'))
try {
  for (const from of [join(core, 'package.json'), join(core, '../../package.json')]) {
    const manifest = createRequire(from).resolve('typescript/package.json')
    const tsc = join(dirname(manifest), 'bin/tsc')
    const version: string = createRequire(from)('typescript/package.json').version
    const isSeven = version.startsWith('7.')
    let empty: Cost | undefined
    for (const [title, text] of Object.entries(FILES)) {
      const project = join(folder, title.replaceAll(/\W+/g, '-'))
      mkdirSync(project, { recursive: true })
      writeFileSync(join(project, 'calls.mts'), head + text)
      const config = { extends: join(core, 'tsconfig.json'), include: ['calls.mts'] }
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
      const cost = median(Array.from({ length: 5 }, () => measure(tsc, project, isSeven)))
      empty ??= cost
      const more = cost.instantiations - empty.instantiations
      const checkSec = cost.checkSec - empty.checkSec
      console.log(
        `TypeScript ${version}, ${title}: ${more} instantiations, ${checkSec.toFixed(3)} s more to check`,
      )
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
