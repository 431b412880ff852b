import {
  type EventRule,
  type Fault,
  type Fields,
  firstMissing,
  INVALID,
  isMissing,
  partOf,
  pathTo,
  type RuleContext,
} from './rule.ts'

/** Source: Meta, App Data Parameters > extinfo, read 2026-09. */
const SLOTS = 16
const VERSIONS: readonly unknown[] = ['a2', 'i2']
const OS_VERSION = 4

function checkTracking(event: Fields, context: RuleContext): Fault | undefined {
  if (event['action_source'] !== 'app') return undefined
  return firstMissing(event, context, ['app_data', 'advertiser_tracking_enabled'])
}

function checkExtinfo(event: Fields, context: RuleContext): Fault | undefined {
  if (event['action_source'] !== 'app') return undefined
  const missing = firstMissing(event, context, ['app_data', 'extinfo'])
  if (missing) return missing
  const extinfo = partOf(event, 'app_data')['extinfo']
  const path = pathTo(context.index, 'app_data', 'extinfo')
  if (!Array.isArray(extinfo)) return { detail: `The parameter ${path} must be an array.`, path }
  if (extinfo.length !== SLOTS) {
    return { detail: `The parameter ${path} must have ${SLOTS} entries.`, path }
  }
  if (!VERSIONS.includes(extinfo[0])) {
    return { detail: `The parameter ${path} must begin with a2 or i2.`, path: `${path}[0]` }
  }
  return isMissing(extinfo[OS_VERSION])
    ? { detail: `The parameter ${path} has no version of the system.`, path: `${path}[4]` }
    : undefined
}

/** What an event of action_source app must say about the device. */
export const APP_RULES: readonly EventRule[] = [
  {
    // Seen refused without its number: Meta Node SDK issues 233 and 251, read 2026-09.
    id: 'advertiser_tracking_missing',
    ...INVALID,
    title: 'App event without the tracking flag',
    fix: 'Set app_data.advertiser_tracking_enabled to true or false, in app_data and nowhere else.',
    check: checkTracking,
  },
  {
    id: 'extinfo_invalid',
    ...INVALID,
    subcode: 2804043,
    title: 'Device information malformed',
    fix: 'Set app_data.extinfo to a list of 16: first a2 or i2, fifth the version of the system, "" where unknown.',
    check: checkExtinfo,
  },
]
