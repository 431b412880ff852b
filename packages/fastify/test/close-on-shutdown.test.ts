import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s lets a request end, closes the application, delivers, and ends the process',
  async (signal) => {
    const file = fileURLToPath(new URL('shutdown-server.ts', import.meta.url))
    const child = spawn(process.execPath, ['--conditions=@capi/source', file])
    onTestFinished(() => void child.kill('SIGKILL'))
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    const exit = once(child, 'exit')
    const printed = async (text: string) => {
      while (!output.includes(text)) await once(child.stdout, 'data')
    }
    await printed('port')
    const answer = fetch(`http://127.0.0.1:${/port (\d+)/.exec(output)?.[1]}/slow`)
    await printed('asked')
    child.kill(signal)
    expect(await (await answer).text()).toBe('ok')
    expect(await exit).toEqual([null, signal])
    expect(output).toContain('delivered lead.1')
    expect(output).toContain('closed')
  },
)
