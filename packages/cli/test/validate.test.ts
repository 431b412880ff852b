import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvEvents } from '../src/events/csv-events.ts'
import { jsonEvents } from '../src/events/json-events.ts'
import { lineCounter, startOf, wholeSpan } from '../src/events/json-position.ts'
import { isFinding } from '../src/events/located-event.ts'
import { runCapi } from './run-capi.ts'

const folder = mkdtempSync(join(tmpdir(), 'capi-validate-'))

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return name
}

const validate = (...args: readonly string[]) => runCapi(['validate', ...args], { cwd: folder })

/** `file:line code` of each line. */
const placesOf = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ', 2).join(' '))

const PERSON = '{ "em": "anna@example.com" }'
const PAYLOAD = `{
  "data": [
    {
      "event_name": "Purchase",
      "action_source": "phone_call",
      "user_data": {
        "em": ["nobody"]
      },
      "custom_data": { "value": 1, "currency": "EUR" }
    },
    { "event_name": "Lead", "event_id": "1", "action_source": "phone_call", "user_data": ${PERSON} },
    { "event_name": "Lead", "event_id": "1", "action_source": "phone_call", "user_data": ${PERSON} }
  ],
  "test_event_code": "TEST1"
}
`

it('names the line of the key in JSON, of the row in CSV and of the event in NDJSON, with code and fix', async () => {
  const { code, stdout, stderr } = await validate(
    file('payload.json', PAYLOAD),
    file(
      'events.ndjson',
      `\n{"event_name":"Lead","action_source":"chat","user_data":${PERSON}}\n{"event_name"\n`,
    ),
    file(
      'orders.csv',
      'event_name;event_id;action_source;email;note\nLead;1;chat;anna@example.com;"a\nb"\nLead;2;chat;nobody;\n',
    ),
  )
  expect(placesOf(stdout)).toEqual([
    'payload.json:7 not_normalizable',
    'payload.json:6 customer_information_missing',
    'payload.json:12 event_id_repeated',
    'events.ndjson:3 json_invalid',
    'orders.csv:1 column_unknown',
    'orders.csv:4 not_normalizable',
    'orders.csv:4 customer_information_missing',
  ])
  expect(stdout).toMatch(/customer_information_missing user_data: .* Add at least one of em/)
  expect(stderr).toBe('6 events, 3 errors, 4 warnings\n')
  expect(stdout + stderr).not.toMatch(/nobody|anna@/)
  expect(code).toBe(3)
})

it('writes what GitHub shows beside the file, with its own escapes', async () => {
  const odd = file(
    'a,b.json',
    `[{"event_name":"Lead","action_source":"chat","user_data":{"em":"x"}}]`,
  )
  const { stdout } = await validate('--format', 'github', odd)
  expect(stdout.split('\n')[0]).toMatch(
    /^::warning file=a%2Cb\.json,line=1,title=not_normalizable::user_data\.em: /,
  )
})

it('prints findings as a line of JSON each, and takes warnings for errors with --strict', async () => {
  const lead = file(
    'lead.json',
    `{"event_name":"Lead","action_source":"chat","user_data":{"em":"a@b.ch","zip":"8000"}}`,
  )
  const { code, stdout } = await validate(lead, '--json')
  expect(JSON.parse(stdout)).toMatchObject({
    file: 'lead.json',
    line: 1,
    code: 'misplaced_key',
    severity: 'warning',
    path: 'user_data.zip',
    fix: 'Pass it as user_data.zp.',
  })
  expect(code).toBe(0)
  expect((await validate(lead, '--strict')).code).toBe(3)
})

it('judges with --as-sent what Meta would, whom @capi/core does not help', async () => {
  const { stdout, code } = await validate('--as-sent', file('sent.json', PAYLOAD))
  expect(placesOf(stdout)).toContain('sent.json:3 event_time_invalid')
  expect(code).toBe(3)
})

it('reads standard input by how it begins, and what Excel writes', async () => {
  const input = `[\n{"event_name":"Lead","action_source":"chat","user_data":{}}\n]`
  const { stdout } = await runCapi(['validate', '-'], { input })
  expect(stdout).toMatch(/^stdin:2 customer_information_missing/)
  const excel = Buffer.from(
    '\ufeffevent_name\taction_source\temail\nLead\tchat\tnobody\n',
    'utf16le',
  )
  expect(placesOf((await validate(file('excel.csv', excel))).stdout)[0]).toBe(
    'excel.csv:2 not_normalizable',
  )
})

it.each([
  ['missing.json', undefined, 2, /ENOENT.*file_failed/],
  ['empty.csv', '', 2, /no event.*input_invalid/],
  ['quote.csv', 'event_name\n"Lead\n', 3, /0 events, 1 error/],
])('ends with a clear error for %s', async (name, content, exit, words) => {
  if (content !== undefined) file(name, content)
  const { code, stderr } = await validate(name)
  expect(stderr).toMatch(words)
  expect(code).toBe(exit)
})

it('finds every value of any JSON again by its path, at its line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.dictionary(fc.stringMatching(/^\w+$/), fc.jsonValue())),
      async (list) => {
        const text = JSON.stringify({ before: { data: '"]' }, data: list }, null, 2)
        const read = []
        for await (const one of jsonEvents(text)) read.push(one)
        expect(read.map((one) => !isFinding(one) && one.event)).toEqual(
          JSON.parse(JSON.stringify(list)),
        )
        const lineAt = lineCounter(text)
        for (const [index, event] of list.entries()) {
          for (const key of Object.keys(event)) {
            const start = startOf(text, wholeSpan(text), `data[${index}].${key}`)
            const [before = ''] = text.slice(text.lastIndexOf('\n', start)).split(': ')
            expect(JSON.parse(before.trim())).toBe(key)
            expect(lineAt(start)).toBe(text.slice(0, start).split('\n').length)
          }
        }
      },
    ),
    { seed: 23, numRuns: 50 },
  )
})

it('reads any bytes as CSV without throwing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: fc.constantFrom(...Array.from('a",;\t\n\r|{[')) })),
      async (parts) => {
        for await (const read of csvEvents(
          (async function* () {
            yield* parts
          })(),
        ))
          expect(read.line).toBeGreaterThan(0)
      },
    ),
    { seed: 23, numRuns: 100 },
  )
})
