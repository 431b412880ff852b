import { spawn } from 'node:child_process'

export interface RunOptions {
  readonly cwd: string
  /** Added to the machine's own variables. */
  readonly env?: Readonly<Record<string, string>>
  /** Default five minutes. */
  readonly timeoutMs?: number
}

/** Runs a command to its end; resolves with what it printed, rejects with that when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  { cwd, env, timeoutMs = 300_000 }: RunOptions,
): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
    })
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      const line = [command, ...args].join(' ')
      if (code === 0) resolve(output)
      else reject(new Error(`${line}\nended with ${code ?? signal}\n${output}`))
    })
  })
}

/** The machine's variables, without those that a package manager, a test runner or a developer has set for this process. */
export function environment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const foreign =
    /^(?:npm_(?!config_registry$)|NODE_(?:OPTIONS|ENV|PATH)$|VITEST|CAPI_|META_|FORCE_COLOR$)/
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return { ...Object.fromEntries(own), ...added }
}
