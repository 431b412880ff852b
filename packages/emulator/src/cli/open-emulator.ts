import { readFileSync, writeFileSync } from 'node:fs'
import { openEmulator as open } from '../emulator.ts'
import { withFile } from '../store/with-file.ts'
import type { CommonArguments } from './arguments.ts'
import { type Journal, keepJournal } from './journal.ts'

/** Events are personal data: for the owner's eyes. */
const OWNER_ONLY = 0o600

export interface OpenEmulator {
  readonly url: string
  /** All that arrived, also what was forgotten since. */
  readonly journal: Journal
  /** Lines of the imported file that held no event. */
  readonly refused: number
  /** Exports, if that was asked for, and closes. */
  readonly end: () => Promise<void>
}

/** An emulator as the command line asks for it, listening. */
export async function openEmulator(options: CommonArguments): Promise<OpenEmulator> {
  const { port, host, max, mode, persist, exportOnExit } = options
  const text = options.import === undefined ? '' : readText(options.import)
  const { emulator, subscribe } = open({ max, mode, ...(persist !== undefined && { persist }) })
  const journal = keepJournal(subscribe, max)
  const { refused } = emulator.importEvents(text)
  const { url } = await emulator.listen({ port, host })
  // Reading the events makes the findings that have waited for an idle moment; the journal hears of them.
  const diagnostics = () => {
    emulator.events()
    return journal.diagnostics()
  }
  return {
    url,
    journal: { ...journal, diagnostics },
    refused,
    end: async () => {
      try {
        if (exportOnExit !== undefined) {
          const text = emulator.exportEvents()
          withFile('write', exportOnExit, () =>
            writeFileSync(exportOnExit, text, { mode: OWNER_ONLY }),
          )
        }
      } finally {
        // Also when the file cannot be written: a server that still listens keeps the process alive.
        await emulator.close()
      }
    },
  }
}

function readText(path: string): string {
  return withFile('read', path, () => readFileSync(path, 'utf8'))
}
