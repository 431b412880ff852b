import { readFileSync } from 'node:fs'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { parser } from '@prometheus-io/lezer-promql'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { instrumentCapi } from '../src/index.ts'

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

interface Dashboard {
  readonly panels: readonly {
    readonly id: number
    readonly title: string
    readonly targets: readonly { readonly expr: string }[]
  }[]
}
interface Rules {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string
      readonly expr: string
      readonly annotations: { readonly summary: string; readonly runbook: string }
    }[]
  }[]
}

const dashboard: Dashboard = JSON.parse(file('docs/operations/capi.json'))
const alerts = (parse(file('docs/operations/alerts.yml')) as Rules).groups.flatMap(
  ({ rules }) => rules,
)
const exprs = [
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ...alerts.map(({ expr }) => expr),
]

/** Every instrument that is made, with its kind. */
function instruments(): ReadonlyMap<string, string> {
  const made = new Map<string, string>()
  const meter = new MeterProvider().getMeter('x')
  const recording = new Proxy(meter, {
    get(target, key: keyof typeof meter) {
      const method = target[key] as (...args: unknown[]) => unknown
      if (typeof method !== 'function') return method
      return (...args: unknown[]) => {
        if (key.startsWith('create')) made.set(String(args[0]), key.slice('create'.length))
        return method.apply(target, args)
      }
    },
  })
  const stats = () => Promise.reject(new Error('not asked'))
  instrumentCapi({
    client: { stats },
    quality: {},
    meterProvider: { getMeter: () => recording },
  })()
  return made
}

/** What Prometheus calls them, as the dashboard may read them. */
function prometheusNames(): string[] {
  return [...instruments()].flatMap(([name, kind]) => {
    const base = name.replaceAll('.', '_')
    if (kind === 'Counter') return [`${base}_total`]
    if (kind !== 'Histogram') return [base]
    return [`${base}(_seconds)?_bucket`, `${base}(_seconds)?_count`]
  })
}

const namesIn = (expr: string) => [
  ...[...expr.matchAll(/__name__=~?"([^"]+)"/g)].map(([, name = '']) => name),
  ...[...expr.matchAll(/\bcapi_(?:client|dataset)_(?!id\b)[a-z_]+(?=[{[) ])/g)].map(
    ([name]) => name,
  ),
]

it('reads metrics that exist, and no others', () => {
  const used = new Set(exprs.flatMap(namesIn))
  const known = prometheusNames()
  expect([...used].filter((name) => !known.includes(name))).toEqual([])
  for (const [name] of instruments()) {
    const base = name.replaceAll('.', '_')
    expect(
      [...used].some((one) => one.startsWith(base)),
      name,
    ).toBe(true)
  }
})

it('uses attributes that exist', () => {
  const source = ['channel-metrics', 'observe-client', 'observe-quality']
    .map((name) => file(`packages/otel/src/${name}.ts`))
    .join()
  const labels = exprs.flatMap((expr) =>
    [...expr.matchAll(/\b((?:capi_[a-z_]+|error_type))(?=!?=~?"|[,)])/g)].map(
      ([, one = '']) => one,
    ),
  )
  expect(labels.length).toBeGreaterThan(20)
  for (const label of new Set(labels))
    expect(source, label).toContain(
      `'${label.replaceAll('_', '.').replace(/(delivery|drop|event|issue|dataset)\.(id|state|reason|name|code)/, '$1.$2')}'`,
    )
})

it('every alert leads to a heading of the run book', () => {
  const headings = [
    ...file('apps/docs/content/operations/run-book.md').matchAll(/^## (.+)$/gm),
  ].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^a-z0-9 ]/g, '')
      .replaceAll(' ', '-'),
  )
  for (const { annotations, alert } of alerts)
    expect(headings, alert).toContain(annotations.runbook.replace('operations/run-book#', ''))
})

it('panels have ids and titles of their own', () => {
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
  expect(new Set(dashboard.panels.map(({ title }) => title)).size).toBe(dashboard.panels.length)
})

it.each(exprs)('is PromQL: %s', (expr) => {
  // Grafana puts a duration in its place.
  const text = expr.replaceAll('$__rate_interval', '5m')
  const faults: string[] = []
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) faults.push(text.slice(Math.max(0, from - 20), to + 20))
    },
  })
  expect(faults).toEqual([])
})
