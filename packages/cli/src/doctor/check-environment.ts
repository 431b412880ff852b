import { optionsFromEnv } from '@capi/core'
import type { Environment } from '../shell/terminal.ts'
import type { Finding } from './finding.ts'

/** Names that others use for ours, which core does not read. Source: counted in public code, read 2026-11. */
const ALIASES: Readonly<Record<string, string>> = {
  META_CAPI_TOKEN: 'META_CAPI_ACCESS_TOKEN',
  META_ACCESS_TOKEN: 'META_CAPI_ACCESS_TOKEN',
  META_CONVERSIONS_API_TOKEN: 'META_CAPI_ACCESS_TOKEN',
  FB_ACCESS_TOKEN: 'META_CAPI_ACCESS_TOKEN',
  FACEBOOK_ACCESS_TOKEN: 'META_CAPI_ACCESS_TOKEN',
  FB_PIXEL_ID: 'META_PIXEL_ID',
  FACEBOOK_PIXEL_ID: 'META_PIXEL_ID',
  NEXT_PUBLIC_META_PIXEL_ID: 'META_PIXEL_ID',
  NEXT_PUBLIC_FB_PIXEL_ID: 'META_PIXEL_ID',
  VITE_META_PIXEL_ID: 'META_PIXEL_ID',
  PUBLIC_META_PIXEL_ID: 'META_PIXEL_ID',
  NUXT_PUBLIC_META_PIXEL_ID: 'META_PIXEL_ID',
  META_CAPI_TEST_EVENT_CODE: 'META_TEST_EVENT_CODE',
  META_CAPI_TEST_CODE: 'META_TEST_EVENT_CODE',
  FB_TEST_EVENT_CODE: 'META_TEST_EVENT_CODE',
  FACEBOOK_TEST_EVENT_CODE: 'META_TEST_EVENT_CODE',
  META_API_VERSION: 'META_GRAPH_API_VERSION',
  META_GRAPH_VERSION: 'META_GRAPH_API_VERSION',
}

/** Bundlers put variables of these names into the browser's code. */
const PUBLIC =
  /^(?:NEXT_PUBLIC|VITE|PUBLIC|NUXT_PUBLIC|REACT_APP|VUE_APP|GATSBY|EXPO_PUBLIC|STORYBOOK)_/

/** Tokens of Meta's begin so, and are far longer than anything else that does. */
const META_TOKEN = /^EAA[A-Za-z0-9]{40,}$/

type Check = (env: Environment) => readonly Finding[]

const isSet = (env: Environment, name: string): boolean => (env[name] ?? '').trim() !== ''

const dataset: Check = (env) => {
  const check = 'dataset'
  const { pixelId } = optionsFromEnv(env)
  if (typeof pixelId !== 'string') {
    const fix = 'Set META_PIXEL_ID to the id of Events Manager, Settings.'
    return [{ check, status: 'fail', message: 'No dataset is named.', fix, exit: 'access' }]
  }
  const both = [env['META_PIXEL_ID'], env['META_DATASET_ID']].map((text) => text?.trim())
  if (both[0] && both[1] && both[0] !== both[1]) {
    const message = 'META_PIXEL_ID and META_DATASET_ID name two datasets; the first one counts.'
    return [{ check, status: 'warn', message, fix: 'Remove META_DATASET_ID.' }]
  }
  if (/^\d{5,20}$/.test(pixelId))
    return [{ check, status: 'ok', message: `Dataset ${pixelId} is named.` }]
  const message = 'META_PIXEL_ID is no dataset id: 5 to 20 digits.'
  return [{ check, status: 'fail', message, fix: 'Copy it from Events Manager.', exit: 'access' }]
}

const token: Check = (env) => {
  const check = 'token'
  const { accessToken = '' } = optionsFromEnv(env)
  if (typeof accessToken !== 'string') return []
  if (accessToken === '') {
    const fix = 'Make one in Events Manager, Settings, and set META_CAPI_ACCESS_TOKEN.'
    return [{ check, status: 'fail', message: 'No access token is set.', fix, exit: 'access' }]
  }
  if (/^[\x21-\x7e]+$/.test(accessToken)) return []
  const message = 'META_CAPI_ACCESS_TOKEN holds more than the token.'
  const fix = "Set the token alone: no 'Bearer ', no spaces, no quotes."
  return [{ check, status: 'fail', message, fix, exit: 'access' }]
}

const leaks: Check = (env) => {
  const own = (env['META_CAPI_ACCESS_TOKEN'] ?? '').trim()
  const leaking = Object.keys(env).filter((name) => {
    const value = (env[name] ?? '').trim()
    if (!PUBLIC.test(name) || value === '') return false
    return (
      value === own || META_TOKEN.test(value) || /ACCESS_TOKEN|CAPI_TOKEN|APP_SECRET/.test(name)
    )
  })
  return leaking.sort().map((name) => ({
    check: 'token_public',
    status: 'fail',
    message: `${name} would be built into the page: every visitor could send events in your name.`,
    fix: 'Rename it to META_CAPI_ACCESS_TOKEN, read it on the server only, and make a new token in Events Manager.',
  }))
}

const aliases: Check = (env) =>
  Object.entries(ALIASES)
    .filter(([name, ours]) => isSet(env, name) && !isSet(env, ours))
    .map(([name, ours]) => ({
      check: 'variables',
      status: 'warn',
      message: `${name} is set, and not read.`,
      fix: `Set ${ours} to the same value.`,
    }))

const production: Check = (env) => {
  if (env['NODE_ENV'] !== 'production') return []
  const found: Finding[] = []
  if (isSet(env, 'META_TEST_EVENT_CODE')) {
    found.push({
      check: 'test_code',
      status: 'fail',
      message: 'META_TEST_EVENT_CODE is set in production: real events are marked as test events.',
      fix: 'Remove it.',
    })
  }
  const { baseUrl } = optionsFromEnv(env)
  const isElsewhere = baseUrl !== undefined && !/^https:\/\/[\w.-]*facebook\.com\/?$/.test(baseUrl)
  if (isElsewhere) {
    found.push({
      check: 'base_url',
      status: 'warn',
      message: `CAPI_BASE_URL sends production's events to ${hostOf(baseUrl)}, not to Meta.`,
      fix: 'Remove it, unless that is a proxy in front of Meta.',
    })
  }
  return found
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : 'an address that cannot be read'
}

/** What the variables say before anything is asked. @param nodeVersion such as `26.10.0` */
export function checkEnvironment(env: Environment, nodeVersion: string): readonly Finding[] {
  return [
    checkNode(nodeVersion),
    ...[dataset, token, leaks, aliases, production].flatMap((check) => check(env)),
  ]
}

const LEAST_NODE = [22, 13] as const

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [leastMajor, leastMinor] = LEAST_NODE
  const isFit = major > leastMajor || (major === leastMajor && minor >= leastMinor)
  const message = `Node.js ${version}.`
  return isFit
    ? { check: 'node', status: 'ok', message }
    : { check: 'node', status: 'fail', message, fix: `Use ${LEAST_NODE.join('.')} or newer.` }
}
