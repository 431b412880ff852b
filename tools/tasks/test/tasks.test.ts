import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createDesk } from './desk.ts'
import { CHANNEL_TASKS } from './tables/channels.ts'
import { CLIENT_TASKS } from './tables/clients.ts'
import { SENDING_TASKS } from './tables/sending.ts'
import { SERVER_TASKS } from './tables/servers.ts'

const TASKS = { ...SERVER_TASKS, ...CHANNEL_TASKS, ...SENDING_TASKS, ...CLIENT_TASKS }

describe('what users do, against the emulator', () => {
  it.each(Object.entries(TASKS))('does %s', async (_name, run) => {
    const desk = createDesk()
    await run(desk)
    await desk.capi.close()
    await desk.emulator.close()
  })

  it('expects something of every task', () => {
    const files = readdirSync(new URL('../src', import.meta.url))
    expect(
      Object.keys(TASKS)
        .map((name) => `${name}.ts`)
        .sort(),
    ).toEqual(files.sort())
  })
})
