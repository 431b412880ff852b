import { CapiError } from '@capi/core'
import { DEFAULT_API_VERSION, versionNotice } from '@capi/core/adapter'
import { type GraphAnswer, type GraphOptions, readGraph } from '@capi/core/quality'
import { countBySource } from './count-by-source.ts'
import { describeToken } from './describe-token.ts'
import type { Finding } from './finding.ts'

/** More than this, and Meta may take events for coming ones. */
const SKEW_WARN_MS = 60_000
const SKEW_FAIL_MS = 600_000
/** Source: Meta, Dataset Quality API, read 2026-11. */
const UNKNOWN_DATASET = 2_044_055
const WEEK_SEC = 7 * 86_400

/** What Meta, or what stands in for it, says of token and dataset. Events are not sent. */
export async function checkMeta(graph: GraphOptions, now: () => number): Promise<Finding[]> {
  const version = checkVersion(graph.apiVersion, now())
  const fields = 'web{event_name}'
  const quality = await readGraph(graph, 'dataset_quality', { dataset_id: graph.pixelId, fields })
  const reached = checkDataset(quality, graph.baseUrl)
  const clock = checkClock(quality, now())
  if (reached.status === 'fail') return [version, reached, ...clock]
  const startSec = Math.floor(now() / 1000) - WEEK_SEC
  const [token, node, sources] = await Promise.all([
    readGraph(graph, '', {}, tokenQuestion),
    readGraph(graph, graph.pixelId, { fields: 'name,last_fired_time,is_unavailable' }),
    readGraph(graph, `${graph.pixelId}/stats`, {
      aggregation: 'event_source',
      start_time: String(startSec),
    }),
  ])
  return [
    version,
    reached,
    ...describeToken(token, now()),
    ...describeNode(node),
    ...countBySource(sources),
    ...clock,
  ]
}

/** A token can only be asked about as a parameter. In a batch it stands in the body, in no address. */
function tokenQuestion(token: string): Readonly<Record<string, string>> {
  const relative_url = `debug_token?input_token=${encodeURIComponent(token)}`
  return { batch: JSON.stringify([{ method: 'GET', relative_url }]), include_headers: 'false' }
}

function checkVersion(version: string | undefined, nowMs: number): Finding {
  const check = 'graph_version'
  const asked = version ?? DEFAULT_API_VERSION
  const notice = versionNotice(asked, nowMs)
  if (notice === undefined) return { check, status: 'ok', message: `Graph API ${asked}.` }
  return { check, status: /ended/.test(notice) ? 'fail' : 'warn', message: notice }
}

function checkDataset(answer: GraphAnswer, baseUrl: string | undefined): Finding {
  const check = 'reachable'
  if (answer.ok)
    return { check, status: 'ok', message: 'The token reads the dataset; its quality is readable.' }
  const { error } = answer
  if (
    baseUrl !== undefined &&
    error.code === 'api_error' &&
    error.metaSubcode === UNKNOWN_DATASET
  ) {
    const message = `${new URL(baseUrl).host} answers, and does not know the dataset.`
    const fix =
      'The emulator knows a dataset by its events: send one first, such as capi trigger pair.'
    return { check, status: 'fail', message, fix, exit: 'access' }
  }
  const exit = error.retryable ? 'remote' : 'access'
  if (error.code === 'api_error' && (error.metaCode === 10 || error.metaCode === 200)) {
    // A token may send events and read nothing: only sending shows.
    const fix =
      'Send one event with a test code to be sure: capi send Lead --set user_data.em=you@example.com --test-event-code CODE.'
    return { check, status: 'warn', message: error.message, fix }
  }
  return { check, status: 'fail', message: error.message, exit }
}

function describeNode(answer: GraphAnswer): readonly Finding[] {
  const check = 'dataset_state'
  if (!answer.ok) {
    const message =
      'The token cannot read the dataset itself. A token of Events Manager never can; events are not concerned.'
    return [{ check, status: 'info', message }]
  }
  const { last_fired_time, is_unavailable } = Object(answer.body) as Record<string, unknown>
  if (is_unavailable === true) {
    const fix = 'Look at the dataset in Events Manager, and at Account Quality.'
    return [
      {
        check,
        status: 'fail',
        message: 'Meta says the dataset is unavailable.',
        fix,
        exit: 'access',
      },
    ]
  }
  const last =
    typeof last_fired_time === 'string'
      ? `the Pixel fired last at ${last_fired_time}`
      : 'the Pixel has not fired yet'
  return [{ check, status: 'ok', message: `The dataset is available; ${last}.` }]
}

function checkClock(answer: GraphAnswer, nowMs: number): readonly Finding[] {
  if (answer.dateMs === undefined) return []
  const check = 'clock'
  const skewMs = nowMs - answer.dateMs
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  if (Math.abs(skewMs) < SKEW_WARN_MS)
    return [{ check, status: 'ok', message: `The clock is right to ${Math.max(2, seconds)} s.` }]
  const message = `The clock is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} Meta's.`
  const fix = 'Set it by NTP: Meta refuses events of the future, and dates others wrongly.'
  return [{ check, status: Math.abs(skewMs) < SKEW_FAIL_MS ? 'warn' : 'fail', message, fix }]
}

/** An option that core refuses, as a finding. */
export function refusedOption(error: unknown): Finding {
  if (!CapiError.is(error)) throw error
  return { check: 'options', status: 'fail', message: error.message, exit: 'access' }
}
