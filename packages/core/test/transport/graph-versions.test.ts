import { expect, it } from 'vitest'
import { DEFAULT_API_VERSION, versionNotice } from '../../src/transport/graph-versions.ts'
import { testWorld } from '../test-world.ts'

const RELEASE = Date.UTC(2026, 10, 28)
const DAY_MS = 86_400_000

it.each([
  ['v27.0', RELEASE, undefined],
  ['v26.0', RELEASE, undefined],
  ['v28.0', RELEASE, undefined],
  ['v25.0', Date.UTC(2027, 1, 23) - 91 * DAY_MS, undefined],
  ['v25.0', Date.UTC(2027, 1, 23) - 90 * DAY_MS, 'api_version_ending'],
  ['v25.0', RELEASE, 'api_version_ending'],
  ['v25.0', Date.UTC(2027, 1, 23), 'api_version_ended'],
  ['v24.0', RELEASE, 'api_version_ended'],
  ['v20.0', RELEASE, 'api_version_ended'],
  ['v3.1', RELEASE, 'api_version_ended'],
])('%s at %d: %s', (version, nowMs, code) => {
  const notice = versionNotice(version, nowMs)
  if (code === undefined) expect(notice).toBeUndefined()
  else
    expect(notice).toMatch(
      new RegExp(`${version.replace('.', '\\.')}.*to v27\\.0.*\\(${code}\\)\\.$`),
    )
})

it('asks for the newest version, of which nothing is to be said', () => {
  expect(DEFAULT_API_VERSION).toBe('v27.0')
  expect(versionNotice(DEFAULT_API_VERSION, RELEASE)).toBeUndefined()
})

it('reports a configured version once, by the client’s clock', () => {
  const { client, clock, logger } = testWorld()
  const lines = () => logger.warn.mock.calls.map(([line]) => line)
  client()
  client({ apiVersion: 'v26.0' })
  expect(lines()).toEqual([])
  client({ apiVersion: 'v25.0', clock: { ...clock, now: () => Date.UTC(2027, 0, 1) } })
  expect(lines()).toEqual([
    '@capi/core: Meta ends version v25.0 of its Marketing API on 2027-02-23. Then calls fail, or are answered by a newer version. ' +
      'Set apiVersion (META_GRAPH_API_VERSION) to v27.0, or leave it out (api_version_ending).',
  ])
})

it('says nothing of a version that no request names', () => {
  const { client, clock, logger } = testWorld()
  const late = { apiVersion: 'v20.0', clock: { ...clock, now: () => RELEASE } }
  client({ ...late, gateway: { url: 'https://gateway.example', accessKey: 'key' } })
  client({ ...late, accessToken: undefined })
  expect(logger.warn.mock.calls.flat().join()).not.toContain('api_version')
})
