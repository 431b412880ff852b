#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { createEmulator } from './emulator.ts'
import { isLoopback } from './loopback.ts'
import { version } from './version.ts'

const USAGE = `Usage: capi-emulator [options]

Meta's Conversions API on your machine: judges events as Meta does and shows them.

Options:
  --port <number>  port to listen on; 0 takes any free one (default 2274)
  --host <name>    address to listen on (default 127.0.0.1)
  --help           show this text
  --version        show the version`

interface Arguments {
  readonly port: number
  readonly host: string
  readonly help: boolean
  readonly version: boolean
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '2274' },
      host: { type: 'string', default: '127.0.0.1' },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  })
  const port = /^\d+$/.test(values.port) ? Number(values.port) : Number.NaN
  if (!(port <= 65_535)) throw new Error('--port takes a number from 0 to 65535.')
  return { ...values, port }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function serve({ port, host }: Arguments): Promise<void> {
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port, host })
  // Once: a second Ctrl-C ends the process whatever it is doing.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void emulator.close())
  }
  console.log(`CAPI emulator ${version}

  Page       ${url}/
  Base URL   ${url}

  export CAPI_BASE_URL=${url}
  export META_PIXEL_ID=1234567890 META_CAPI_ACCESS_TOKEN=any-token
`)
  if (!isLoopback(host)) {
    console.warn('Warning: others on this network can read the events, which are personal data.')
  }
}

function main(): Promise<void> | void {
  try {
    const options = readArguments()
    if (options.help) return console.log(USAGE)
    if (options.version) return console.log(version)
    return serve(options).catch((error: unknown) => {
      console.error(`capi-emulator: ${reason(error)}`)
      process.exitCode = 1
    })
  } catch (error) {
    console.error(`capi-emulator: ${reason(error)}\n\n${USAGE}`)
    process.exitCode = 2
  }
}

void main()
