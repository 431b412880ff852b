import { readFileSync, writeFileSync } from 'node:fs'
import { createEmulator, type Emulator } from '../emulator.ts'
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
  const text = options.import === undefined ? '' : readFileSync(options.import, 'utf8')
  const emulator = createEmulator({ max, mode, ...(persist !== undefined && { persist }) })
  const { refused } = emulator.importEvents(text)
  const { url } = await emulator.listen({ port, host })
  return {
    emulator,
    url,
    refused,
    end: async () => {
      if (exportOnExit !== undefined) {
        writeFileSync(exportOnExit, emulator.exportEvents(), { mode: OWNER_ONLY })
      }
      await emulator.close()
    },
  }
}
