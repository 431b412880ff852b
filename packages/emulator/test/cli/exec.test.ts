import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readArguments } from '../../src/cli/arguments.ts'
import { createEmulator } from '../../src/index.ts'
import { refusal } from '../refusal.ts'

const bin = fileURLToPath(new URL('../../src/bin.ts', import.meta.url))

/** The command as a process of its own, from its sources. */
function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const clean = { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1', ...env }
  const child = spawn(process.execPath, ['--conditions=@capi/source', bin, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: clean,
  })
  const output = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.err += text
  })
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code, ...output }))
  return { child, output, ended }
}

const run = (args: readonly string[], env?: NodeJS.ProcessEnv) => start(args, env).ended

/** A child that does this, with `send` at hand. */
const script = (code: string) => [
  process.execPath,
  '-e',
  `const send = (query) => fetch(process.env.CAPI_BASE_URL + '/tr?id=1&' + query);(async () => { ${code} })()`,
]

describe('capi-emulator exec', () => {
  it('runs a command with the settings it needs, and passes its output and code on', async () => {
    const code = `const e = process.env; console.log(e.CAPI_BASE_URL, e.META_PIXEL_ID, e.META_CAPI_ACCESS_TOKEN); console.error('oops'); process.exitCode = 7`
    const ended = await run(['exec', '--', ...script(code)], {
      META_PIXEL_ID: '99',
      META_CAPI_ACCESS_TOKEN: undefined,
      CAPI_BASE_URL: 'http://127.0.0.1:1',
    })
    expect(ended.code).toBe(7)
    expect(ended.out).toMatch(/^http:\/\/127\.0\.0\.1:(?!1 )\d+ 99 any-token\n$/)
    expect(ended.err).toContain('oops')
    expect(ended.err).toContain('capi-emulator: 0 events, 0 findings')
  })

  it('fails with 3 and a list when there are findings of high severity', async () => {
    const code = `await send('ev=Purchase&eid=a&cd[value]=x&cd[currency]=EUR')`
    const ended = await run(['exec', '--', ...script(code)])
    expect(ended).toMatchObject({ code: 3, out: '' })
    expect(ended.err).toContain('capi-emulator: 1 event, 1 finding\n  high  purchase_value_invalid')
    expect(ended.err).toContain('1 of 1 events in custom_data.value')
  })

  it.each([
    [[], 'ev=Purchase&cd[value]=1', 0],
    [['--fail-on', 'medium'], 'ev=Purchase&cd[value]=1', 3],
    [['--fail-on', 'low'], 'ev=ViewContent', 3],
    [['--fail-on', 'medium'], 'ev=ViewContent', 0],
    [['--fail-on', 'none'], 'ev=Purchase', 0],
  ])('with %j and %s ends with %d', async (options, query, expected) => {
    const { code } = await run(['exec', ...options, '--', ...script(`await send('${query}')`)])
    expect(code).toBe(expected)
  })

  it('stays green for anonymous page events on a shop that runs on this machine', async () => {
    const code = `
      const event_time = Math.floor(Date.now() / 1000)
      const user_data = { external_id: 'visit-1', client_user_agent: 'Mozilla/5.0', client_ip_address: '127.0.0.1' }
      const event_source_url = 'http://127.0.0.1:3000/products/mug'
      for (const event_name of ['PageView', 'ViewContent', 'AddToCart', 'InitiateCheckout']) {
        const custom_data = { value: 24, currency: 'EUR', content_ids: ['mug'] }
        const event = { event_name, event_time, event_id: event_name, action_source: 'website', event_source_url, user_data, custom_data }
        await send('ev=' + event_name + '&eid=' + event_name + '&cd[value]=24&cd[currency]=EUR&cd[content_ids]=["mug"]')
        const headers = { authorization: 'Bearer x', 'content-type': 'application/json' }
        const body = JSON.stringify({ data: [event] })
        const { status } = await fetch(process.env.CAPI_BASE_URL + '/v26.0/1/events', { method: 'POST', headers, body })
        if (status !== 200) process.exitCode = 9
      }`
    expect(await run(['exec', '--fail-on', 'medium', '--', ...script(code)])).toMatchObject({
      code: 0,
      err: 'capi-emulator: 8 events, 0 findings\n',
    })
    const low = await run(['exec', '--fail-on', 'low', '--', ...script(code)])
    expect(low.code).toBe(3)
    expect(low.err).toContain('Normal for anonymous visitors on your own machine')
  })

  it('fails with 3 when nothing arrives, unless that is meant', async () => {
    const ended = await run(['exec', '--fail-on', 'none', '--', 'true'])
    expect(ended.code).toBe(3)
    expect(ended.err).toContain('0 events, 0 findings\nNo event arrived. Send to CAPI_BASE_URL')
    expect(await run(['exec', '--allow-empty', '--', 'true'])).toMatchObject({
      code: 0,
      err: 'capi-emulator: 0 events, 0 findings\n',
    })
  })

  it('fails with 3 when a call is refused unread, beside good events too, and lists it', async () => {
    const refused = `await send('ev=Lead'); await fetch(process.env.CAPI_BASE_URL + '/v27.0/1/events', { method: 'POST', headers: { authorization: 'Bearer x', 'content-type': 'application/json' }, body: '{"data":[' })`
    const ended = await run(['exec', '--allow-empty', '--', ...script(refused)])
    expect(ended.code).toBe(3)
    expect(ended.err).toMatch(
      /1 event, 0 findings, 1 refused call\n1 call was refused: body_unreadable\n {2}call 2, POST \/v27\.0\/1\/events, HTTP 400: Unreadable body\. .+\n$/,
    )
  })

  it('keeps the code of a command that failed, findings or not', async () => {
    const code = `await send('ev=Purchase'); process.exitCode = 5`
    expect((await run(['exec', '--', ...script(code)])).code).toBe(5)
  })

  it('says that a command does not exist', async () => {
    const { code, err } = await run(['exec', '--', 'no-such-command-of-any-kind'])
    expect(code).toBe(127)
    expect(err).toContain('cannot run no-such-command-of-any-kind')
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('passes %s on to the command', async (signal, expected) => {
    const { child, output, ended } = start([
      'exec',
      '--',
      ...script(`console.log('up'); setInterval(() => {}, 1000)`),
    ])
    while (!output.out.includes('up')) await once(child.stdout, 'data')
    child.kill(signal)
    expect((await ended).code).toBe(expected)
  })

  it('lets a command end well by itself when it is told to stop', async () => {
    const code = `process.once('SIGTERM', () => { console.log('cleaned'); process.exit(0) }); console.log('up'); setInterval(() => {}, 1000)`
    const { child, output, ended } = start(['exec', '--allow-empty', '--', ...script(code)])
    while (!output.out.includes('up')) await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ code: 0, out: 'up\ncleaned\n' })
  })

  it('imports, persists and exports', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'capi-'))
    try {
      const [before, during, after] = ['a', 'b', 'c'].map((name) => join(folder, name))
      const earlier = createEmulator()
      await earlier.fetch('/tr?id=1&ev=Before')
      writeFileSync(before ?? '', `${earlier.exportEvents()}nonsense\n`)
      const options = [
        '--import',
        before ?? '',
        '--persist',
        during ?? '',
        '--export-on-exit',
        after ?? '',
      ]
      const { code } = await run(['exec', ...options, '--', ...script(`await send('ev=During')`)])
      expect(code).toBe(0)
      const names = (path = '') =>
        [...readFileSync(path, 'utf8').matchAll(/"pixel_id":"1","event_name":"(\w+)"/g)].map(
          ([, name]) => name,
        )
      expect(names(during)).toEqual(['During'])
      expect(names(after)).toEqual(['Before', 'During'])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('waits for all to be written before it ends: where the export cannot be, it says so in one line', async () => {
    const file = join(tmpdir(), 'no-such-folder', 'events.jsonl')
    const ended = await run(['exec', '--export-on-exit', file, '--', process.execPath, '-e', '0'])
    expect(ended.code).toBe(1)
    expect(ended.err).toMatch(/\ncapi-emulator: [^\n]*no-such-folder[^\n]*\n$/)
  })

  it('says in one line that there is nothing to import', async () => {
    const { code, err } = await run(['exec', '--import', '/no/such/file', '--', 'true'])
    expect(code).toBe(1)
    expect(err).toBe('capi-emulator: Cannot read the file /no/such/file (ENOENT).\n')
  })
})

describe('the arguments', () => {
  it('leave what stands after -- to the command', () => {
    expect(readArguments(['exec', '--max', '5', '--', 'npm', '--help', '--', 'x'])).toMatchObject({
      command: 'exec',
      max: 5,
      port: 0,
      failOn: 'high',
      allowEmpty: false,
      run: ['npm', '--help', '--', 'x'],
    })
  })

  it('have defaults', () => {
    expect(readArguments([])).toEqual({
      command: 'serve',
      port: 2274,
      host: '127.0.0.1',
      max: 500,
      mode: 'meta',
    })
  })

  it.each([
    [['exec'], /after --/],
    [['exec', '--'], /after --/],
    [['exec', 'npm', 'test'], /npm/],
    [['--max', '0'], /--max takes a number from 1/],
    [['--port', '65536'], /--port takes a number from 0 to 65535/],
    [['--mode', 'loose'], /--mode takes one of meta, strict, lenient/],
    [['--fail-on', 'high'], /goes with exec/],
    [['--allow-empty'], /goes with exec/],
    [['exec', '--fail-on', 'H', '--', 'x'], /--fail-on takes one of/],
  ])('refuse %j', (args, message) => {
    expect(() => readArguments(args)).toThrow(message)
  })

  it('are refused with a code', () => {
    expect(() => readArguments(['--max', '0'])).toThrow(refusal('argument_invalid'))
  })
})
