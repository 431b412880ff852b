import type { Exit } from '../shell/exit-codes.ts'
import { type Answer, describe, differences, noAnswer, readAnswer } from './answer.ts'
import { type Exchange, findings } from './findings.ts'
import { callOf, type LiveCall, probes } from './probes.ts'
import { samples } from './samples.ts'
import { type LiveSettings, readSettings } from './settings.ts'

type Send = (url: string, init: RequestInit) => Promise<Response>

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The network. */
  readonly fetch: Send
  /** The emulator in this process: it gets the same bytes, and a token of its own. */
  readonly emulate: Send
  readonly print: (line: string) => void
  readonly nowMs: number
}

const TIMEOUT_MS = 30_000

async function ask(
  send: Send,
  call: LiveCall,
  settings: LiveSettings,
  token: string,
): Promise<Answer> {
  const { baseUrl, pixelId } = settings
  try {
    const response = await send(
      `${baseUrl}/${call.apiVersion ?? settings.apiVersion}/${pixelId}/events`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          ...call.headers,
        },
        body: call.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
    )
    return await readAnswer(response, settings.accessToken)
  } catch (error) {
    return noAnswer(error)
  }
}

/** No answer, or the token or the dataset is unknown. */
function isHopeless({ status, code }: Answer): boolean {
  return status === 0 || status === 401 || /^(?:190|200|100\/33)(?:\/|$)/.test(code ?? '')
}

/**
 * Sends one test event of each family, and the probes, one after the other; prints Meta's answer to each beside the
 * emulator's, and at the end where they part.
 * @returns `gate` when the emulator answered otherwise than Meta, `access` when nothing was sent or nothing can be answered.
 */
export async function runLive(around: Surroundings): Promise<Exit> {
  const { env, fetch, emulate, print, nowMs } = around
  const read = readSettings(env)
  if (!read.ok) {
    print(read.refusal)
    return 'access'
  }
  const { settings } = read
  const { testEventCode } = settings
  const events = samples(nowMs)
  const website = events.find(({ name }) => name === 'website')
  const calls = [
    ...events.map(({ name, body }) => callOf(name, [body], testEventCode)),
    ...(website === undefined ? [] : probes(website, testEventCode, nowMs)),
  ]
  print(`${calls.length} calls to ${new URL(settings.baseUrl).host}, all with the test code\n`)

  const exchanges: Exchange[] = []
  const parted: string[] = []
  for (const call of calls) {
    const meta = await ask(fetch, call, settings, settings.accessToken)
    const emulator = await ask(emulate, call, settings, 'smoke-test')
    exchanges.push({ call, meta, emulator })
    const found = differences(meta, emulator)
    print(`${found.length === 0 ? ' ' : '*'} ${call.name}`)
    print(`    Meta      ${describe(meta)}`)
    print(`    emulator  ${describe(emulator)}`)
    if (found.length > 0) parted.push(`  ${call.name}: ${found.join('; ')}`)
    if (exchanges.length === 1 && isHopeless(meta)) {
      print(
        '\nStopped: nothing further would be answered. Check the address, the token and the dataset.',
      )
      return 'access'
    }
  }
  print(`\nOpen questions\n${findings(exchanges).join('\n')}`)
  print(
    parted.length === 0
      ? '\nNo difference.'
      : `\n${parted.length} of ${calls.length} answers differ:\n${parted.join('\n')}`,
  )
  return parted.length === 0 ? 'ok' : 'gate'
}
