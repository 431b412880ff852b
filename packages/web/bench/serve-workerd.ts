import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const TICK_US = 10_000
const require = createRequire(createRequire(import.meta.url).resolve('miniflare'))

export interface Served {
  readonly port: number
  /** Microseconds of CPU that the process has used. */
  readonly cpuUs: () => number
  close(): void
}

/** A Worker in workerd itself, without what Miniflare puts in front of it. */
export async function serveWorkerd(
  file: string,
  port: number,
  bindings: Readonly<Record<string, string>>,
): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'capi-web-bench-'))
  const { outputFiles } = await build({
    stdin: {
      contents: `import { worker } from './${file}'; export default worker`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'error',
  })
  writeFileSync(join(folder, 'worker.js'), outputFiles[0]?.text ?? '')
  const texts = Object.entries(bindings).map(
    ([name, text]) => `(name = "${name}", text = "${text}")`,
  )
  writeFileSync(
    join(folder, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["private", "public"]))
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")]
);
const main :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "2026-07-30",
  bindings = [${texts.join(', ')}]
);
`,
  )
  const workerd = require('workerd') as { readonly default: string }
  const child: ChildProcess = spawn(workerd.default, ['serve', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return {
    port,
    cpuUs() {
      const fields =
        readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) * TICK_US
    },
    close() {
      child.kill()
      rmSync(folder, { recursive: true })
    },
  }
}
