import { type Context, Hono } from 'hono'
import { isTaken } from '../analysis/dedup-keys.ts'
import type { CallVariables } from '../calls/call-draft.ts'
import { graphHeaders } from '../graph/graph-headers.ts'
import { traceId } from '../graph/trace-id.ts'
import type { EventStore } from '../store/event-store.ts'
import { batchRoute } from './batch-route.ts'
import { datasetQuality } from './dataset-quality.ts'
import { refuseReport } from './report-errors.ts'
import { parseFields, selectFields, UnknownField } from './select-fields.ts'
import { DEFAULT_AGGREGATION, statsOf } from './stats.ts'

const VERSION = '/:version{v[0-9]+\\.[0-9]+}'

/** What can be asked of Graph about a dataset, computed from the kept events. Source: Meta, Dataset Quality API, read 2026-09. */
export function graphReportRoutes(store: EventStore): Hono<CallVariables> {
  const app = new Hono<CallVariables>().route('/', batchRoute(VERSION))

  app.get(`${VERSION}/dataset_quality`, (c) => {
    const version = c.req.param('version')
    if (!hasToken(c)) return noToken(version)
    const dataset = c.req.query('dataset_id') ?? ''
    if (dataset === '') {
      return refuseReport('dataset_id_missing', 'The parameter dataset_id is required.', version)
    }
    const events = store.list({ pixel_id: dataset })
    if (events.length === 0) {
      return refuseReport('dataset_unknown', 'The dataset was not found.', version)
    }
    return answer(c, datasetQuality(events), 'web')
  })

  app.get(`${VERSION}/:dataset{[0-9]+}/dataset_quality`, (c) => {
    const version = c.req.param('version')
    const detail = 'Unknown path components: /dataset_quality.'
    return refuseReport('path_components_unknown', detail, version)
  })

  app.get(`${VERSION}/:dataset{[0-9]+}/stats`, (c) => {
    const version = c.req.param('version')
    if (!hasToken(c)) return noToken(version)
    const aggregation = c.req.query('aggregation') ?? DEFAULT_AGGREGATION
    const data = statsOf(store.list({ pixel_id: c.req.param('dataset') }).filter(isTaken), {
      aggregation,
      event: c.req.query('event'),
      startSec: secondsOf(c.req.query('start_time')),
      endSec: secondsOf(c.req.query('end_time')),
    })
    return data
      ? json({ data }, version)
      : refuseReport('aggregation_unknown', 'Param aggregation is none of the known ones.', version)
  })

  app.get(`${VERSION}/:dataset{[0-9]+}`, (c) => {
    const version = c.req.param('version')
    if (!hasToken(c)) return noToken(version)
    const id = c.req.param('dataset')
    const events = store.list({ pixel_id: id })
    const last = events.findLast(({ source }) => source === 'browser') ?? events.at(-1)
    if (last === undefined) {
      return refuseReport('object_unknown', 'No object with this id exists.', version)
    }
    const last_fired_time = new Date(last.received_at).toISOString().replace(/\.\d+Z$/, '+0000')
    return answer(c, { id, name: `Dataset ${id}`, last_fired_time, is_unavailable: false }, 'id')
  })

  return app
}

/** The fields asked for, or else those Graph gives unasked. */
function answer(c: Context, report: object, unasked: string): Response {
  const version = c.req.param('version') ?? ''
  const fields = parseFields(c.req.query('fields') || unasked)
  if (fields === undefined) {
    return refuseReport('field_unknown', 'The list of fields cannot be read.', version)
  }
  try {
    return json(selectFields(report, fields), version)
  } catch (error) {
    if (!(error instanceof UnknownField)) throw error
    const detail = `Tried accessing nonexisting field (${error.message}).`
    return refuseReport('field_unknown', detail, version)
  }
}

/** Without Graph's CORS: a foreign page may post events here, but not read about them. */
function json(body: unknown, version: string): Response {
  const { 'access-control-allow-origin': _any, ...headers } = graphHeaders(traceId(), version)
  return Response.json(body, { headers })
}

function hasToken(c: Context): boolean {
  const header = /^Bearer\s+\S/i.test(c.req.header('authorization') ?? '')
  return header || (c.req.query('access_token') ?? '').trim() !== ''
}

function noToken(version: string): Response {
  return refuseReport('token_missing', 'The call carries no access token.', version)
}

/** Unix seconds or a date. */
function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000
  return Number.isNaN(seconds) ? undefined : seconds
}
