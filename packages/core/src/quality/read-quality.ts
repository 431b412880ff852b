import { readOptions } from '../option/read-options.ts'
import { systemClock } from '../runtime/clock.ts'
import { consoleLogger, guardedLogger, type Logger } from '../runtime/logger.ts'
import { parseQuality } from './parse-quality.ts'
import type { Quality } from './quality.ts'
import {
  EVERYTHING,
  type FieldTree,
  fieldsText,
  LEAST,
  missingFrom,
  withoutField,
} from './quality-fields.ts'
import { type GraphAnswer, type GraphOptions, readGraph } from './read-graph.ts'

/** Whose numbers are read, and how Meta is asked: as the options of `createCapi` of the same names. */
export interface QualityOptions extends GraphOptions {
  /** Counts only events that were sent with this `partnerAgent`, in Meta's normalised form: lower case, without versions. */
  readonly agentName?: string | undefined
  /** Gets one line for an option that is not known; default `console`. */
  readonly logger?: Logger | undefined
}

const OPTIONS = {
  pixelId: 'text',
  accessToken: 'text',
  appSecret: 'string',
  apiVersion: 'string',
  baseUrl: 'string',
  fetch: 'function',
  timeoutMs: 'number',
  clock: 'clock',
  agentName: 'string',
  logger: 'logger',
} as const

/** Requests that are made at most: everything, that without a field that is gone, what was always there. */
const MOST_REQUESTS = 3

/**
 * Meta's own numbers on a dataset: match quality, coverage, deduplication, freshness and diagnostics by event name. What Meta
 * does not answer is absent, never 0. A field that Graph does not know is left out, and named in `missing`. Ask once an hour
 * at most: the numbers move slowly, and calls count against the ad account.
 *
 * Needs a system user with "Use events dataset", `ads_read`, and `ads_management` or `business_management`; a token of Events
 * Manager works too. Source: Meta, Dataset Quality API, read 2026-11.
 * @throws CapiError as `send` does: `config_invalid`, `access_token_missing`, `api_error`, `network_error`, `timeout`.
 * @example
 * const { web } = await readQuality({ pixelId: '1234567890', accessToken })
 * for (const { event_name, score } of web) console.log(event_name, score ?? 'no score yet')
 */
export async function readQuality(options: QualityOptions): Promise<Quality> {
  const graph = readOptions(options, {
    name: 'readQuality',
    table: OPTIONS,
    warn: (line) => guardedLogger(options.logger ?? consoleLogger).warn(`@capi/core: ${line}`),
  })
  const { agentName, clock = systemClock } = graph
  let asked = EVERYTHING
  for (let request = 1; ; request++) {
    const answer = await ask(graph, agentName, asked)
    if (answer.ok) {
      const missing = missingFrom(EVERYTHING, asked)
      return { ...parseQuality(answer.body), missing, readAtMs: clock.now() }
    }
    const less = smaller(asked, answer)
    if (less === undefined || request === MOST_REQUESTS) throw answer.error
    asked = less
  }
}

function ask(
  graph: GraphOptions,
  agentName: string | undefined,
  asked: FieldTree,
): Promise<GraphAnswer> {
  return readGraph(graph, 'dataset_quality', {
    dataset_id: graph.pixelId,
    fields: fieldsText(asked),
    ...(agentName !== undefined && { agent_name: agentName }),
  })
}

/**
 * What to ask after a refusal; undefined: nothing else would help. First without the field that is not known, then what was
 * always there. Offline is a beta of Meta's, so it is left out too where a permission is missing.
 */
function smaller(
  asked: FieldTree,
  { unknownField, error }: GraphAnswer & { readonly ok: false },
): FieldTree | undefined {
  const isFull = asked === EVERYTHING
  if (unknownField === undefined) {
    const mayBeOffline = isFull && error.code === 'api_error' && error.metaCode === 10
    return mayBeOffline ? withoutField(asked, 'offline') : undefined
  }
  if (asked === LEAST) return undefined
  const rest = withoutField(asked, unknownField)
  const isNamed = isFull && fieldsText(rest) !== fieldsText(asked)
  return isNamed ? rest : LEAST
}
