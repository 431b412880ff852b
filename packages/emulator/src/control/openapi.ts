import { version } from '../version.ts'
import { SCHEMAS } from './openapi-schemas.ts'

const ref = (name: keyof typeof SCHEMAS) => ({ $ref: `#/components/schemas/${name}` })

const json = (description: string, schema: object) => ({
  description,
  content: { 'application/json': { schema } },
})

const list = (key: string, name: keyof typeof SCHEMAS) => ({
  type: 'object',
  required: [key],
  properties: { [key]: { type: 'array', items: ref(name) } },
})

const NDJSON = { 'application/x-ndjson': { schema: { type: 'string' } } }
const REFUSED = json('The request has the wrong form.', ref('Error'))
const FOREIGN = json('Another origin asked.', ref('Error'))
const DONE = { description: 'Done.' }

const query = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  in: 'query',
  description,
  schema,
})

const FILTER = [
  query('event_name', 'Equal to this name.'),
  query('event_id', 'Equal to this id.'),
  query('source', 'From this side.', { enum: ['server', 'browser'] }),
  query('status', 'In this state.', {
    enum: ['processed', 'deduplicated', 'rejected', 'faulted'],
  }),
  query('pixel_id', 'Sent to this dataset.'),
  query('test_event_code', 'Sent with this code.'),
  query('upload_tag', 'Sent with this tag.'),
]

const CLOCK = json('The clock.', ref('Clock'))

/** Everything under /__capi that is not the page. */
export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'CAPI emulator control API',
    version,
    description: 'For tests and for the page. No CORS; other origins may not write.',
  },
  paths: {
    '/__capi/health': {
      get: { summary: 'Whether it runs', responses: { 200: json('It runs.', ref('Health')) } },
    },
    '/__capi/events': {
      get: {
        summary: 'Kept events, oldest first',
        parameters: FILTER,
        responses: { 200: json('Events.', list('events', 'Event')) },
      },
      delete: { summary: 'Forget all events', responses: { 204: DONE, 403: FOREIGN } },
    },
    '/__capi/events/stream': {
      get: {
        summary: 'Server-sent events: capi (new), update (status changed), clear',
        parameters: [
          {
            name: 'Last-Event-ID',
            in: 'header',
            description: 'Resume after this event.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          200: {
            description: 'A stream.',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
        },
      },
    },
    '/__capi/events/{id}': {
      get: {
        summary: 'One event',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        responses: { 200: json('The event.', ref('Event')), 404: json('Not kept.', ref('Error')) },
      },
    },
    '/__capi/wait': {
      get: {
        summary: 'The first kept or coming event that matches',
        parameters: [
          ...FILTER,
          query('timeoutMs', 'At most 60000; default 2000.', { type: 'number' }),
        ],
        responses: {
          200: json('The event.', ref('Event')),
          400: REFUSED,
          408: json('None came; the message tells the nearest.', ref('Error')),
        },
      },
    },
    '/__capi/export.ndjson': {
      get: {
        summary: 'All events, one a line',
        responses: { 200: { description: 'Lines.', content: NDJSON } },
      },
    },
    '/__capi/import': {
      post: {
        summary: 'Bring back what was exported; lines that hold no event are counted and left out',
        requestBody: { required: true, content: NDJSON },
        responses: { 200: json('How many.', ref('Imported')), 403: FOREIGN },
      },
    },
    '/__capi/pairs': {
      get: {
        summary: 'Browser and server events that count once, and near misses',
        responses: { 200: json('Pairs.', ref('Pairs')) },
      },
    },
    '/__capi/diagnostics': {
      get: {
        summary: 'Problems over all kept events, the gravest first',
        parameters: [query('severity', 'Only these.', { enum: ['high', 'medium', 'low'] })],
        responses: { 200: json('Problems.', list('diagnostics', 'Diagnostic')), 400: REFUSED },
      },
    },
    '/__capi/quality': {
      get: {
        summary: 'Match-quality estimate, coverage and freshness by event name',
        responses: { 200: json('Estimates, not Meta’s numbers.', list('quality', 'EventQuality')) },
      },
    },
    '/__capi/faults': {
      get: {
        summary: 'Faults asked for, with their hits',
        responses: { 200: json('Faults.', list('faults', 'Fault')) },
      },
      put: {
        summary: 'Replace all faults',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: list('faults', 'Fault') } },
        },
        responses: {
          200: json('Faults.', list('faults', 'Fault')),
          400: REFUSED,
          403: FOREIGN,
        },
      },
      delete: { summary: 'Take all faults away', responses: { 204: DONE, 403: FOREIGN } },
    },
    '/__capi/clock': {
      get: { summary: 'The emulator’s time', responses: { 200: CLOCK } },
      put: {
        summary: 'Stop the clock at a time, or let it run with null',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['now'],
                properties: { now: { type: ['string', 'number', 'null'] } },
              },
            },
          },
        },
        responses: { 200: CLOCK, 400: REFUSED, 403: FOREIGN },
      },
    },
    '/__capi/openapi.json': {
      get: {
        summary: 'This document',
        responses: { 200: json('OpenAPI 3.1.', { type: 'object' }) },
      },
    },
  },
  components: { schemas: SCHEMAS },
} as const
