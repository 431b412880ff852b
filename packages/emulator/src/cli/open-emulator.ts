import { readFileSync, writeFileSync } from 'node:fs'
import { createEmulator, type Emulator } from '../emulator.ts'
import { withFile } from '../store/with-file.ts'
import type { CommonArguments } from './arguments.ts'

/** Events are personal data: for the owner's eyes. */
const OWNER_ONLY = 0o600

export interface OpenEmulator {
  readonly emulator: Emulator
  readonly url: string
  /** Lines of the imported file that held no event. */
  readonly refused: number
  /** Exports, if that was asked for, and closes. */
  readonly end: () => Promise<void>
}

/** An emulator as the command line asks for it, listening. */
export async function openEmulator(options: CommonArguments): Promise<OpenEmulator> {
  const { port, host, max, mode, persist, exportOnExit } = options
  const text = options.import === undefined ? '' : readText(options.import)
  const emulator = createEmulator({ max, mode, ...(persist !== undefined && { persist }) })
  const { refused } = emulator.importEvents(text)
  const { url } = await emulator.listen({ port, host })
  return {
    emulator,
    url,
    refused,
    end: async () => {
      if (exportOnExit !== undefined) {
        const text = emulator.exportEvents()
        withFile('write', exportOnExit, () =>
          writeFileSync(exportOnExit, text, { mode: OWNER_ONLY }),
        )
      }
      await emulator.close()
    },
  }
}

function readText(path: string): string {
  return withFile('read', path, () => readFileSync(path, 'utf8'))
}
