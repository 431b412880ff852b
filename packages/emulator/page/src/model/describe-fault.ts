import type { FaultAction, FaultPreset, FaultRule } from '../../../src/faults/fault-rule.ts'

export const PRESETS: Readonly<
  Record<FaultPreset, { readonly title: string; readonly means: string }>
> = {
  'rate-limit': { title: 'Rate limit', means: 'Too many calls; try again later.' },
  'user-limit': {
    title: 'User limit',
    means: 'The token’s user has made too many calls; no wait is named.',
  },
  'custom-limit': {
    title: 'Custom limit',
    means: 'A limit of this account or app; no wait is named.',
  },
  'token-expired': {
    title: 'Token expired',
    means: 'Every call is refused until the token is renewed.',
  },
  permission: { title: 'No permission', means: 'The token may not use this dataset.' },
  'unknown-dataset': {
    title: 'Unknown dataset',
    means: 'The id does not exist, or is not visible.',
  },
  blocked: { title: 'Blocked', means: 'Stopped for policy reasons; trying again does not help.' },
  'bad-gateway': { title: 'Bad gateway', means: 'A proxy answers with an HTML page, HTTP 502.' },
  outage: { title: 'Outage', means: 'Meta’s servers fail on every call.' },
  slow: { title: 'Slow', means: 'Answers take longer than Meta advises to wait.' },
  flaky: { title: 'Flaky', means: 'Some calls fail, most do not.' },
  'near-limit': { title: 'Near the limit', means: 'Calls pass, but their usage headers warn.' },
}

/** A rule in one sentence. */
export function describeFault({ match, action, preset, probability = 1 }: FaultRule): string {
  const what = preset ? PRESETS[preset].title : action ? describeAction(action) : 'No action'
  const where = [
    match?.event_name !== undefined && ` on ${match.event_name}`,
    match?.pixel_id !== undefined && ` for dataset ${match.pixel_id}`,
  ].filter(Boolean)
  const often = probability < 1 ? `, ${Math.round(probability * 100)} % of calls` : ''
  return `${what}${where.join('')}${often}`
}

function describeAction(action: FaultAction): string {
  switch (action.type) {
    case 'error': {
      const codes = [action.code, action.error_subcode].filter((code) => code !== undefined)
      return `HTTP ${action.status}${codes.length > 0 ? `, code ${codes.join(' / ')}` : ''}`
    }
    case 'html':
      return `A proxy’s page, HTTP ${action.status}`
    case 'latency':
      return `${action.ms} ms later${action.spread ? `, up to ${action.spread} ms more` : ''}`
    case 'timeout':
      return 'No answer at all'
    case 'reset':
      return 'Connection reset before anything is taken'
    case 'process_then_cut':
      return 'Taken, then the connection is cut'
    case 'slow_loris':
      return 'The answer trickles byte by byte'
    case 'malformed':
      return 'The answer breaks off inside its JSON'
    case 'headers':
      return `Usual answer with headers ${Object.keys(action.headers).join(', ')}`
    case 'received':
      return `Only ${action.events_received} events counted`
    default:
      return action satisfies never
  }
}
