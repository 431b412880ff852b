import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

/** What a compiler must say of the mistake: its last line is the cause. */
interface Mistake {
  readonly name: string
  readonly code: string
  readonly cause: RegExp
}

const SOURCE_MISSING =
  /^Property 'action_source' is missing in type '.*' but required in type '(WebsiteFields|AnyOtherFields|SourceFields)'\.$/
const EMAIL_UNKNOWN =
  /'email' does not exist in type '(VisitorUserData|((Instagram|Messenger|Store|Visitor|WhatsApp)UserData( \| )?){5})'\.$/
const DATA_MISSING =
  /^Property 'custom_data' is missing in type '.*' but required in type '(PurchaseNeeds<string>|\{ readonly custom_data: .*)'\.$/
const CURRENCY_MISSING =
  /^Property 'currency' is missing in type '\{ value: (number|1); \}' but required in type '(\{ .*currency: (string|CurrencyText); \}|SoldData<string>)'\.$/
const NO_CURRENCY =
  /^Type 'string' is not assignable to type '\{ readonly 'not a currency code of ISO 4217': "EURO"; \}'\.$/
const EMAIL_MISPLACED =
  /^Type 'string' is not assignable to type '\{ readonly "belongs into user_data": never; \}'\.$/

const MISTAKES: readonly Mistake[] = [
  ...(
    [
      ['a job’s event', "capi.track('Lead', {}, { event_id: 'a', user_data })"],
      ['a job’s Purchase', "capi.track('Purchase', sale, { user_data, event_time: 1 })"],
      ['an event to send', "capi.send({ event_name: 'Lead', user_data })"],
      ['a list to send', "capi.send([{ event_name: 'Lead', user_data }])"],
      ['an event to build', "buildEvent({ event_name: 'Lead', user_data })"],
      ['a plain EventInput', "((): EventInput => ({ event_name: 'Lead', user_data }))()"],
      [
        'a plain EventInput of a sale',
        "((): EventInput => ({ event_name: 'Purchase', user_data, custom_data: sale }))()",
      ],
    ] as const
  ).map(([name, code]) => ({ name: `${name} without action_source`, code, cause: SOURCE_MISSING })),
  ...(
    [
      ['a request’s event', "web.track('Lead', {}, { user_data: { email } })"],
      ['a request’s event to send', "web.send({ event_name: 'Lead', user_data: { email } })"],
      [
        'a job’s event',
        "capi.track('Lead', {}, { action_source: 'website', user_data: { email } })",
      ],
      [
        'a job’s event, beside em,',
        "capi.track('Lead', {}, { action_source: 'website', user_data: { em: '', email } })",
      ],
      [
        'an event to send',
        "capi.send({ event_name: 'Lead', action_source: 'chat', user_data: { email } })",
      ],
      [
        'an event to build',
        "buildEvent({ event_name: 'Lead', action_source: 'chat', user_data: { email } })",
      ],
      [
        'a plain EventInput',
        "((): EventInput => ({ event_name: 'Lead', action_source: 'website', user_data: { email } }))()",
      ],
    ] as const
  ).map(([name, code]) => ({ name: `${name} with user_data.email`, code, cause: EMAIL_UNKNOWN })),
  {
    name: 'user_data.email from a variable',
    code: "web.track('Lead', {}, { user_data: person })",
    cause:
      /^Type '\{ email: string; \}' has no properties in common with type 'VisitorUserData'\.$/,
  },
  ...(
    [
      ['a Purchase', "web.track('Purchase', { value: 1, currency: 'EURO' })"],
      ['an AddToCart', "web.track('AddToCart', { value: 1, currency: 'EURO' })"],
      [
        'a job’s Purchase',
        "capi.track('Purchase', { value: 1, currency: 'EURO' }, { action_source: 'chat' })",
      ],
      [
        'a Purchase to send',
        "capi.send({ event_name: 'Purchase', action_source: 'chat', custom_data: { value: 1, currency: 'EURO' } })",
      ],
      [
        'an event of a list to send',
        "web.send([{ event_name: 'Lead', custom_data: { value: 1, currency: 'EURO' } }])",
      ],
      [
        'an event to build',
        "buildEvent({ event_name: 'Lead', action_source: 'chat', custom_data: { currency: 'EURO' } })",
      ],
    ] as const
  ).map(([name, code]) => ({ name: `${name} in EURO`, code, cause: NO_CURRENCY })),
  ...(
    [
      ['a request’s event', "web.track('Lead', { em: 'x' })"],
      ['a Purchase', "web.track('Purchase', { value: 1, currency: 'EUR', em: 'x' })"],
      ['a job’s event', "capi.track('Lead', { em: 'x' }, { action_source: 'chat' })"],
      [
        'an event to send',
        "capi.send({ event_name: 'Lead', action_source: 'chat', custom_data: { em: 'x' } })",
      ],
      [
        'an event of a list to send',
        "web.send([{ event_name: 'Lead', custom_data: { em: 'x' } }])",
      ],
      ['an event to queue', "web.enqueue({ event_name: 'Lead', custom_data: { em: 'x' } })"],
    ] as const
  ).map(([name, code]) => ({ name: `${name} with custom_data.em`, code, cause: EMAIL_MISPLACED })),
  {
    name: 'a scope whose consent is true',
    code: 'capi.with({ consent: true })',
    cause: /^Type 'true' is not assignable to type 'Consent \| undefined'\.$/,
  },
  ...(
    [
      ['a plain EventInput', '((): EventInput => ({ ...purchase }))()'],
      [
        'a plain ScopedEventInput',
        "((): ScopedEventInput => ({ event_name: 'Purchase', user_data }))()",
      ],
      [
        'an event of a plain list',
        "((): EventInput[] => [{ event_name: 'Purchase', action_source: 'website', user_data }])()",
      ],
      ['an event to send', 'capi.send(purchase)'],
      ['an event to build', 'buildEvent(purchase)'],
    ] as const
  ).map(([name, code]) => ({
    name: `${name}, a Purchase without custom_data`,
    code,
    cause: DATA_MISSING,
  })),
  ...(
    [
      ['a plain EventInput', '((): EventInput => ({ ...purchase, custom_data: { value: 1 } }))()'],
      [
        'an event to send',
        "capi.send({ event_name: 'Purchase', action_source: 'website', user_data, custom_data: { value: 1 } })",
      ],
      [
        'an event to build',
        "buildEvent({ event_name: 'Purchase', action_source: 'website', user_data, custom_data: { value: 1 } })",
      ],
      ['a request’s event', "web.track('Purchase', { value: 1 })"],
    ] as const
  ).map(([name, code]) => ({
    name: `${name}, a Purchase without currency`,
    code,
    cause: CURRENCY_MISSING,
  })),
]

const CORRECT = [
  '((): EventInput => ({ ...purchase, custom_data: sale }))()',
  "((): EventInput => ({ event_name: 'Lead', action_source: 'chat', user_data }))()",
  "((): EventInput<'QuizFinished'> => ({ event_name: 'QuizFinished', action_source: 'chat', user_data }))()",
  "((event_name: string): EventInput<EventName> => ({ event_name, action_source: 'chat', user_data }))('Mine')",
  "capi.send({ event_name: 'QuizFinished', action_source: 'chat', user_data })",
  "buildEvent({ event_name: 'QuizFinished', action_source: 'chat', user_data })",
  'capi.send([] as EventInput[])',
  'capi.send([] as EventInput<EventName>[])',
]

const core = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = mkdtempSync(join(tmpdir(), 'capi-types-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const head = `import { buildEvent, createCapi, type EventInput, type EventName, type ScopedEventInput, type Tracker } from '${core}/src/index.ts'
const capi = createCapi()
declare const web: Tracker
const user_data = { em: 'anna@example.com' }
const email = 'anna@example.com'
const person = { email }
const sale = { value: 1, currency: 'EUR' } as const
const purchase = { event_name: 'Purchase', action_source: 'website', user_data } as const
void [buildEvent, capi, web, user_data, email, person, sale, purchase]
export type Used = [EventInput, EventName, ScopedEventInput]
`
for (const [n, { code }] of MISTAKES.entries())
  writeFileSync(join(folder, `mistake-${n}.mts`), `${head}void ${code}\n`)
for (const [n, code] of CORRECT.entries())
  writeFileSync(join(folder, `correct-${n}.mts`), `${head}void ${code}\n`)
writeFileSync(
  join(folder, 'tsconfig.json'),
  JSON.stringify({ extends: join(core, 'tsconfig.json'), include: [`${folder}/*.mts`] }),
)

/** Lines by file: TypeScript 7 is core's own, 6 stands at the root. */
async function compile(from: string): Promise<{ version: string; lines: Map<string, string[]> }> {
  const manifest = createRequire(from).resolve('typescript/package.json')
  const tsc = join(dirname(manifest), 'bin/tsc')
  const run = (...args: string[]) =>
    new Promise<string>((resolve) => {
      execFile(process.execPath, [tsc, ...args], { cwd: folder }, (_error, stdout) =>
        resolve(stdout),
      )
    })
  const lines = new Map<string, string[]>()
  let current: string[] = []
  for (const line of (await run('--pretty', 'false', '-p', '.')).split('\n')) {
    const [, file, text] = /^(\S+\.mts)\(\d+,\d+\): error TS\d+: (.*)$/.exec(line) ?? []
    if (file !== undefined && text !== undefined) {
      current = [text]
      lines.set(file, current)
    } else if (line.startsWith(' ')) current.push(line.trim())
    else if (line !== '') lines.set(line, [line])
  }
  return { version: (await run('-v')).trim(), lines }
}

describe.each([
  ['7', join(core, 'package.json')],
  ['6', join(core, '../../package.json')],
])('TypeScript %s', async (major, from) => {
  const { version, lines } = await compile(from)

  it('is the compiler asked', () => expect(version).toMatch(`Version ${major}.`))

  it.each(MISTAKES.map((mistake, n) => ({ ...mistake, n })))(
    '$name: names the cause',
    ({ cause, n }) => {
      const said = lines.get(`mistake-${n}.mts`) ?? []
      expect(said.at(-1)).toMatch(cause)
      // Nothing of a channel that the event has not to do with.
      expect(said.join(' ')).not.toMatch(
        /messaging_channel|app_data|assignable to type '(never|undefined)'/,
      )
    },
  )

  it.each(CORRECT.map((code, n) => ({ code, n })))('takes $code', ({ n }) => {
    expect(lines.get(`correct-${n}.mts`)).toBeUndefined()
  })

  it('says nothing else', () => {
    expect([...lines.keys()].filter((file) => !/^mistake-\d+\.mts$/.test(file))).toEqual([])
  })
})
