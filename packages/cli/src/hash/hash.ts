import { type HashedField, hashUserData, type Issue, normalizeField } from '@capi/core'
import { CliError } from '../shell/cli-error.ts'
import type { Exit } from '../shell/exit-codes.ts'
import type { Terminal } from '../shell/terminal.ts'
import { FIELD_NAMES, fieldNamed } from './fields.ts'

/** What `capi hash` takes beside field and value. */
export interface HashOptions {
  readonly country?: string
}

interface Asked {
  readonly field: string
  readonly value: string | undefined
  readonly options: HashOptions
}

interface Steps {
  readonly field: string
  readonly raw: string
  readonly normalized?: string | undefined
  /** What is sent: the hash, with Meta's own suffix where the value had one. */
  readonly hash?: string | undefined
  readonly issues: readonly Issue[]
}

/** Prints raw → normalised → SHA-256. Ends as `gate` when the value cannot be what the field holds. */
export async function hash(terminal: Terminal, asked: Asked): Promise<Exit> {
  const field = fieldNamed(asked.field)
  if (field === undefined) {
    const known = Object.keys(FIELD_NAMES).join(', ')
    throw new CliError(
      'usage_invalid',
      `No hashed field is named ${asked.field}. There are: ${known}.`,
    )
  }
  const raw = await rawValue(terminal, asked.value)
  const steps = stepsOf(field, raw, asked.options.country)
  if (terminal.isJson) terminal.print(JSON.stringify(steps))
  else print(terminal, steps)
  return steps.hash === undefined ? 'gate' : 'ok'
}

async function rawValue(terminal: Terminal, value: string | undefined): Promise<string> {
  if (value !== undefined && value !== '-') return value
  return (await terminal.readInput()).replace(/\r?\n$/, '')
}

function stepsOf(field: HashedField, raw: string, country: string | undefined): Steps {
  const normalized = normalizeField(field, raw, { country })
  const beside = field === 'country' ? {} : { country }
  const { user_data, issues } = hashUserData({ ...beside, [field]: raw })
  const sent: unknown = user_data[field]
  return {
    field,
    raw,
    normalized,
    hash: (Array.isArray(sent) ? sent[0] : sent) as string | undefined,
    issues: issues.filter(({ path }) => path.startsWith(`user_data.${field}`)),
  }
}

function print(terminal: Terminal, { field, raw, normalized, hash: sent, issues }: Steps): void {
  const row = (name: string, text: string) => terminal.print(`${name.padEnd(12)}${text}`)
  row('raw', raw)
  if (sent === undefined) row('dropped', `this cannot be ${field}; Meta would not match it`)
  else if (normalized === sent) row('hashed', `${sent}   (was a hash already)`)
  else {
    row('normalised', normalized ?? '')
    row('SHA-256', terminal.paint('green', sent))
  }
  for (const { severity, code, message, fix } of issues) {
    terminal.say(`${terminal.tint('yellow', severity)} ${message} ${fix} (${code})`)
  }
}
