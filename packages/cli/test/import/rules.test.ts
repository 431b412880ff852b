import { expect, it } from 'vitest'
import { splitName } from '../../src/import/map/person.ts'
import { seenIds } from '../../src/import/map/seen.ts'
import { findHeader } from '../../src/import/read/find-header.ts'
import { foldHeader } from '../../src/import/read/fold.ts'
import { checkPlan } from '../../src/import/run/check-plan.ts'
import { detectSource, SOURCES } from '../../src/import/sources/sources.ts'
import { outcomes, planOf } from './golden.ts'

const OWN = 'order_id,email,event_time,value,currency'
const at = '2026-11-20 10:00:00 +0100'

it.each(SOURCES.map((source) => [source.name, source] as const))(
  'finds %s by its header, however it is written',
  (_, source) => {
    const columns = [...new Set([...source.signature, ...Object.keys(source.columns)])]
    const spelt = columns.map((name) => `[${name.toUpperCase().replaceAll(' ', '_')}]`)
    expect(detectSource(spelt.map(foldHeader))).toBe(source)
  },
)

it('names, for every file that cannot be matched, an export that can', () => {
  const refused = SOURCES.filter(({ refusal }) => refusal !== undefined)
  expect(refused.map(({ name }) => name)).toEqual([
    'shopify-customers',
    'woocommerce-analytics',
    'prestashop-orders',
    'google-clicks',
    'ga4-bigquery',
  ])
  for (const { refusal } of refused) expect(refusal).toMatch(/Export|Use the/)
})

it('finds the header below lines of a preamble, and the zone that stands in one', () => {
  const head =
    'Report of November\nParameters:TimeZone=Europe/Zurich\nEmail;Conversion Name;Conversion Time;Conversion Value\na;b;c;d\n'
  expect(findHeader(head, {})).toMatchObject({
    delimiter: ';',
    headerLines: 3,
    timezone: 'Europe/Zurich',
  })
})

it('sends one event for the rows of one order, and sums what stands in each', () => {
  const csv =
    `Date,Time,Time Zone,Item,Qty,SKU,Net Sales,Tax,Transaction ID,Event Type,Customer Reference ID
2026-11-20,10:00:00,CET,Mug,2.0,M-1,"$20.00",$1.00,TX1,Payment,C-1
2026-11-20,10:00:00,CET,Tea,1,T-1,$5.00,$0.40,TX1,Payment,C-1
2026-11-20,11:00:00,CET,Tea,1,T-1,$5.00,$0.40,TX2,Refund,C-1`.replaceAll('"', '')
  expect(outcomes(csv, { currency: 'USD' })).toMatchObject([
    {
      kind: 'event',
      input: {
        event_id: 'square.transaction.TX1',
        action_source: 'physical_store',
        custom_data: {
          value: '$ 26.4',
          contents: [
            { id: 'M-1', quantity: 2 },
            { id: 'T-1', quantity: 1 },
          ],
        },
      },
    },
    { kind: 'skipped', reason: 'refund' },
  ])
})

it.each([
  ['paid', 'event'],
  ['partially_refunded', 'event'],
  ['PENDING', 'skipped'],
  ['refunded', 'skipped'],
  ['half-paid', 'refused'],
  ['', 'refused'],
])('takes an order of Shopify in state %j for %s', (state, kind) => {
  const csv = `Name,Email,Financial Status,Paid at,Currency,Total,Lineitem quantity,Id\n#1,a@example.com,${state},${at},EUR,10,1,77`
  const [outcome] = outcomes(csv)
  expect(outcome?.kind).toBe(kind)
  if (outcome?.kind === 'refused')
    expect(outcome).toMatchObject({ code: 'state_unknown', fix: expect.stringMatching(/--sold/) })
})

it('takes states that the user names for sales, and where the user names them all, no other', () => {
  const deals = `Record ID,Deal Name,Deal Stage,Close Date,Amount,Email\n1,x,closedwon,${at},10,a@example.com\n2,y,qualified,${at},10,b@example.com`
  expect(outcomes(deals, { sold: ['ClosedWon'], currency: 'EUR' })).toMatchObject([
    { kind: 'event', input: { event_id: 'hubspot.deal.1', custom_data: { event_source: 'crm' } } },
    { kind: 'skipped', reason: 'qualified' },
  ])
  const csv = `Name,Email,Financial Status,Paid at,Currency,Total,Lineitem quantity,Id\n#1,a@example.com,partially_paid,${at},EUR,10,1,77`
  expect(outcomes(csv, { sold: ['partially_paid'] })[0]?.kind).toBe('event')
})

it.each([
  ['time_missing', 'R-1,a@example.com,,10,EUR'],
  ['time_invalid', 'R-1,a@example.com,yesterday,10,EUR'],
  ['zone_missing', 'R-1,a@example.com,2026-11-20 10:00:00,10,EUR'],
  ['date_ambiguous', 'R-1,a@example.com,03/04/2026 10:00,10,EUR'],
  ['amount_invalid', `R-1,a@example.com,${at},ten,EUR`],
  ['amount_ambiguous', `R-1,a@example.com,${at},1.299,EUR`],
  ['order_id_missing', `,a@example.com,${at},10,EUR`],
  ['order_id_missing', `N/A,a@example.com,${at},10,EUR`],
  ['order_id_lost_digits', `4.91512E+12,a@example.com,${at},10,EUR`],
])('refuses a row with %s, and says what to do', (code, row) => {
  const [outcome] = outcomes(`${OWN}\n${row}`)
  expect(outcome).toMatchObject({ kind: 'refused', code, fix: expect.stringMatching(/\w\.$/) })
})

it('reads every repeat of a header, drops what a spreadsheet cut, and fills the country', () => {
  const csv = `order_id,email,email,email,phone,zip,event_time,value,currency\nR-1,a@example.com,,b@example.com,4.91512E+12,1067,${at},10,eur`
  expect(outcomes(csv, { country: 'DE' })).toEqual([
    {
      kind: 'event',
      warnings: ['digits_lost', 'zip_short'],
      input: {
        event_name: 'Purchase',
        event_time: Date.UTC(2026, 10, 20, 9) / 1_000,
        event_id: 'purchase.R-1',
        action_source: 'physical_store',
        user_data: { em: ['a@example.com', 'b@example.com'], country: 'DE' },
        custom_data: { value: 10, currency: 'EUR', order_id: 'R-1' },
      },
    },
  ])
})

it('sends no column that nobody named, and those that the user names', () => {
  const csv = `Bon;Mail;Wann;Summe;Notiz;Laden\nR-1;a@example.com;${at};10,50;geheim;Bern`
  const own = {
    Bon: 'order_id',
    Mail: 'user_data.em',
    Wann: 'event_time',
    Summe: 'value',
    Laden: 'custom_data.store',
  } as const
  const [outcome] = outcomes(csv, { currency: 'CHF' }, own)
  expect(outcome).toMatchObject({
    kind: 'event',
    input: { custom_data: { value: 10.5, store: 'Bern' } },
  })
  expect(JSON.stringify(outcome)).not.toContain('geheim')
})

it('does not guess which of several columns is the amount, and takes a time of day with its date', () => {
  const header = 'order_id,email,date,time,total,amount,currency'
  expect(() => checkPlan(planOf(header))).toThrow(
    /Several columns may be the value: total, amount\..*--column "total=value"/,
  )
  const own = { Amount: 'value' } as const
  expect(() => checkPlan(planOf(header, {}, own))).not.toThrow()
  const csv = `${header}\nR-1,a@example.com,2026-11-20,2:30 PM,10,12,EUR`
  expect(outcomes(csv, { timezone: 'UTC' }, own)).toMatchObject([
    { input: { event_time: Date.UTC(2026, 10, 20, 14, 30) / 1_000, custom_data: { value: 12 } } },
  ])
})

it('makes the id of the row where there is none, the same in every run, and never of its number', () => {
  const rows = [`,a@example.com,${at},10,EUR`, `,b@example.com,${at},10,EUR`]
  const ids = (lines: readonly string[]) =>
    outcomes([OWN, ...lines].join('\n'), { rowId: true }).map(
      (one) => one.kind === 'event' && one.input['event_id'],
    )
  expect(ids(rows)).toEqual(ids([...rows].reverse()).reverse())
  expect(new Set(ids(rows)).size).toBe(2)
})

it('takes a till of Shopify for a shop, and an amount below zero for no sale', () => {
  const header = 'Name,Email,Financial Status,Paid at,Currency,Total,Lineitem quantity,Id,Source'
  const csv = `${header}\n#1,a@example.com,paid,${at},EUR,10,1,77,pos\n#2,a@example.com,paid,${at},EUR,-10,1,78,web`
  expect(outcomes(csv)).toMatchObject([
    { input: { action_source: 'physical_store' } },
    { kind: 'skipped', reason: 'negative amount' },
  ])
})

it.each([
  ['Anna Muster', { fn: 'Anna', ln: 'Muster' }],
  ['Muster, Anna', { fn: 'Anna', ln: 'Muster' }],
  ['Anna Maria Muster', { fn: ['Anna', 'Anna Maria'], ln: ['Muster', 'Maria Muster'] }],
  ['Muster', { ln: 'Muster' }],
  ['', {}],
])('splits the name %j', (name, parts) => {
  expect(splitName(name)).toEqual(parts)
})

it('knows an id again among 50,000, and no other', () => {
  const seen = seenIds()
  const hex = (n: number) =>
    ((BigInt(n) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn).toString(16).padStart(16, '0')
  for (let n = 1; n <= 50_000; n++) expect(seen.add(hex(n)) || n).toBe(true)
  for (let n = 1; n <= 50_000; n += 97) expect(seen.add(hex(n))).toBe(false)
})
