import type { ClientFlags } from '../shell/client-flags.ts'
import { clientSettings } from '../shell/client-settings.ts'
import type { Exit } from '../shell/exit-codes.ts'
import type { Style, Terminal } from '../shell/terminal.ts'
import { checkEnvironment } from './check-environment.ts'
import { checkMeta, refusedOption } from './check-meta.ts'
import type { Finding } from './finding.ts'

/** What `capi doctor` takes. */
export interface DoctorOptions extends ClientFlags {
  /** False: nothing is asked over the network. */
  readonly online: boolean
  readonly strict?: boolean
}

const SIGNS: Readonly<Record<Finding['status'], readonly [string, Style]>> = {
  ok: ['ok', 'green'],
  info: ['look', 'cyan'],
  warn: ['warn', 'yellow'],
  fail: ['fail', 'red'],
}

/** Checks a set-up, from the variables to Meta's answers. Sends no event. */
export async function doctor(terminal: Terminal, options: DoctorOptions): Promise<Exit> {
  const env = withFlags(terminal, options)
  const local = checkEnvironment(env, process.versions.node)
  const findings = [...local, ...(await askMeta(terminal, options, local))]
  if (terminal.isJson)
    terminal.print(JSON.stringify({ ok: exitOf(findings, options) === 'ok', findings }))
  else for (const finding of findings) print(terminal, finding)
  return exitOf(findings, options)
}

/** Flags count as the variables they stand for. */
function withFlags({ env }: Terminal, { pixelId, baseUrl, apiVersion }: ClientFlags) {
  return {
    ...env,
    ...(pixelId !== undefined && { META_PIXEL_ID: pixelId, META_DATASET_ID: '' }),
    ...(baseUrl !== undefined && { CAPI_BASE_URL: baseUrl }),
    ...(apiVersion !== undefined && { META_GRAPH_API_VERSION: apiVersion }),
  }
}

async function askMeta(
  { env }: Terminal,
  options: DoctorOptions,
  local: readonly Finding[],
): Promise<readonly Finding[]> {
  const { pixelId, accessToken, apiVersion, baseUrl, timeoutMs } = clientSettings(env, options)
  const isAskable = !local.some(({ status, exit }) => status === 'fail' && exit === 'access')
  if (!options.online || !isAskable || typeof pixelId !== 'string' || accessToken === undefined)
    return []
  try {
    return await checkMeta({ pixelId, accessToken, apiVersion, baseUrl, timeoutMs }, Date.now)
  } catch (error) {
    return [refusedOption(error)]
  }
}

function exitOf(findings: readonly Finding[], { strict = false }: DoctorOptions): Exit {
  const failed = findings.filter(({ status }) => status === 'fail' || (strict && status === 'warn'))
  if (failed.length === 0) return 'ok'
  const exits = failed.map(({ exit }) => exit)
  if (exits.includes('remote')) return 'remote'
  return exits.includes('access') ? 'access' : 'gate'
}

function print(terminal: Terminal, { status, check, message, fix }: Finding): void {
  const [sign, style] = SIGNS[status]
  terminal.print(`${terminal.paint(style, sign.padEnd(5))} ${message} (${check})`)
  if (fix !== undefined) terminal.print(`      ${fix}`)
}
