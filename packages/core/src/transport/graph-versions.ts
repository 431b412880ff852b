/**
 * The version that requests name unless `apiVersion` says another: the newest, released on 2026-11-04.
 * @internal
 */
export const DEFAULT_API_VERSION = 'v27.0'

/**
 * The last days of versions, of the Marketing API: the Conversions API is documented as a part of it. The Graph API keeps
 * each about a year and a half longer (v25.0 until 2028-07-29), and Meta's pages disagree which of the two counts here;
 * a report that comes early costs nothing. Versions without a day yet (v26.0, v27.0) are absent.
 * Source: Meta, Marketing API version history, read 2026-11-28.
 */
const LAST_DAYS: Readonly<Record<string, string>> = {
  'v20.0': '2025-05-06',
  'v21.0': '2025-09-09',
  'v22.0': '2026-02-19',
  'v23.0': '2026-06-09',
  'v24.0': '2026-11-10',
  'v25.0': '2027-02-23',
}

const NOTICE_MS = 90 * 86_400_000

/**
 * What to report of a version that Meta ended, or ends within 90 days; undefined when there is nothing to report.
 * @internal
 */
export function versionNotice(version: string, nowMs: number): string | undefined {
  const [oldest = ''] = Object.keys(LAST_DAYS)
  const isOlder = majorOf(version) < majorOf(oldest)
  const lastDay = LAST_DAYS[isOlder ? oldest : version]
  if (lastDay === undefined || Date.parse(lastDay) - nowMs > NOTICE_MS) return undefined
  const isOver = isOlder || Date.parse(lastDay) <= nowMs
  const when = isOlder ? `before ${lastDay}` : `on ${lastDay}`
  return (
    `Meta ${isOver ? 'ended' : 'ends'} version ${version} of its Marketing API ${when}. Then calls fail, or are answered by a ` +
    `newer version. Set apiVersion (META_GRAPH_API_VERSION) to ${DEFAULT_API_VERSION}, or leave it out ` +
    `(${isOver ? 'api_version_ended' : 'api_version_ending'}).`
  )
}

const majorOf = (version: string) => Number.parseInt(version.slice(1), 10)
