import type { ActionSource } from '@capi/core'
import { CliError } from '../shell/cli-error.ts'
import type { ClientFlags } from '../shell/client-flags.ts'
import type { Answers, OwnColumns } from './map/plan.ts'
import type { Encoding } from './read/encoding.ts'
import { DELIMITERS } from './read/find-header.ts'
import { foldHeader } from './read/fold.ts'
import { isTarget, type Target } from './sources/target.ts'
import { zoneNamed } from './values/zones.ts'

/** What commander gives for `capi import`. */
export interface ImportOptions extends ClientFlags {
  readonly from?: string
  readonly map?: string
  readonly column?: readonly string[]
  readonly event?: string
  readonly actionSource?: ActionSource
  readonly country?: string
  readonly currency?: string
  readonly timezone?: string
  readonly date?: 'dmy' | 'mdy'
  readonly decimal?: 'point' | 'comma'
  readonly encoding?: Encoding
  readonly delimiter?: string
  readonly sold?: string
  readonly withTip?: boolean
  readonly allowRowId?: boolean
  readonly since?: string
  readonly uploadTag?: string
  readonly dryRun?: boolean
  readonly live?: boolean
  readonly testEventCode?: string
  readonly resume?: boolean
  readonly restart?: boolean
  readonly failed?: string
  readonly rate?: number
  readonly wait: number
  readonly yes?: boolean
}

/** The answers among the options. @throws CliError `usage_invalid` */
export function answersOf(options: ImportOptions): Answers {
  const { currency, country, timezone, since } = options
  if (currency !== undefined && !/^[A-Za-z]{3}$/.test(currency))
    throw usage(`--currency takes a code of three letters such as EUR, not ${currency}.`)
  if (country !== undefined && !/^[A-Za-z]{2}$/.test(country))
    throw usage(`--country takes a code of two letters such as DE, not ${country}.`)
  if (since !== undefined && Number.isNaN(Date.parse(since)))
    throw usage(`--since takes a date such as 2026-11-20, not ${since}.`)
  checkZone(timezone)
  const answers: Answers = {
    event: options.event,
    actionSource: options.actionSource,
    country: country?.toUpperCase(),
    currency: currency?.toUpperCase(),
    timezone,
    date: options.date,
    decimal: options.decimal,
    sold: options.sold?.split(',').map((state) => state.trim()),
    withTip: options.withTip,
    rowId: options.allowRowId,
    since,
  }
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined))
}

/** @throws CliError `usage_invalid` */
function checkZone(timezone: string | undefined): void {
  if (timezone === undefined) return
  const zone = zoneNamed(timezone)
  if (zone === undefined || zone === 'shared')
    throw usage(
      `--timezone takes a name such as Europe/Zurich, or an offset such as +01:00, not ${timezone}.`,
    )
}

/** `--column "E-Mail=user_data.em"`, `--column "Notes="`: not sent. @throws CliError `usage_invalid` */
export function columnsOf(pairs: readonly string[] = []): OwnColumns {
  const columns: Record<string, Target | null> = {}
  for (const pair of pairs) {
    const at = pair.lastIndexOf('=')
    const [header, target] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
    if (at < 1 || header === '')
      throw usage(`--column takes Header=target, for example "E-Mail=user_data.em", not ${pair}.`)
    if (target !== '' && !isTarget(target))
      throw usage(
        `--column cannot send ${header} as ${target}. Targets are user_data.em, user_data.ph and the other fields of user_data, order_id, event_time, value, currency, event_name, contents.id, state.state, and custom_data.<your own>.`,
      )
    columns[header] = target === '' ? null : (target as Target)
  }
  return columns
}

/** Later ones win; two spellings of one header are one. */
export function mergeColumns(saved: OwnColumns, given: OwnColumns): OwnColumns {
  const names = new Set(Object.keys(given).map(foldHeader))
  const kept = Object.entries(saved).filter(([header]) => !names.has(foldHeader(header)))
  return { ...Object.fromEntries(kept), ...given }
}

/** @throws CliError `usage_invalid` */
export function delimiterOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const delimiter = text === 'tab' || text === '\\t' ? '\t' : text
  if (DELIMITERS.includes(delimiter)) return delimiter
  throw usage(`--delimiter takes , ; | or tab, not ${text}.`)
}

const usage = (message: string) => new CliError('usage_invalid', message)
