import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PLAIN_HOST, type Tab, type TestBrowser, type Visitor } from './visitor.ts'

/** Where Debian puts it, or FIREFOX_PATH. playwright-core drives only a build of its own. */
const path = process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr'

export const hasFirefox = (): boolean => existsSync(path)

const SETTINGS = {
  'network.dns.localDomains': PLAIN_HOST,
  // No page waits for what a machine without a network cannot reach.
  'app.update.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.proxy.type': 0,
  'remote.prefs.recommended': true,
  'services.settings.server': 'data:,',
  // WebDriver's own preferences turn it off.
  'browser.sessionhistory.max_total_viewers': 3,
}

interface Answer {
  readonly userContext: string
  readonly context: string
  readonly type: string
  readonly result: { readonly value?: string }
}

/** Firefox, driven by WebDriver BiDi. */
export async function startFirefox(): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'capi-firefox-'))
  const settings = Object.entries(SETTINGS).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  )
  writeFileSync(join(profile, 'user.js'), settings.join('\n'))
  const args = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0']
  const firefox = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const socket = new WebSocket(`${await addressOf(firefox)}/session`)
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  const send = protocol(socket)
  await send('session.new', { capabilities: {} })
  await send('session.subscribe', { events: ['network.beforeRequestSent'] })
  return {
    visitor: async (userAgent) => visitorOf(send, userAgent),
    async close() {
      await send('browser.close', {}).catch(() => undefined)
      const ended =
        firefox.exitCode !== null || new Promise((resolve) => firefox.once('exit', resolve))
      await ended
    },
  }
}

async function addressOf({ stderr }: ChildProcess): Promise<string> {
  let text = ''
  for await (const chunk of stderr ?? []) {
    text += String(chunk)
    const address = /WebDriver BiDi listening on (ws:\S+)/.exec(text)?.[1]
    if (address !== undefined) {
      // Read on, or Firefox stops at a full pipe.
      stderr?.resume()
      return address
    }
  }
  throw new Error(`Firefox did not start: ${text}`)
}

type Send = (method: string, params: object) => Promise<Answer>

/** Sends commands; what a blocker stops, fails. */
function protocol(socket: WebSocket): Send {
  const waiting = new Map<number, (message: Readonly<Record<string, unknown>>) => void>()
  let count = 0
  const send: Send = (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++count, (message) => {
        if (message['type'] === 'success') resolve(message['result'] as Answer)
        else reject(new Error(`${method}: ${String(message['message'])}`))
      })
      socket.send(JSON.stringify({ id: count, method, params }))
    })
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data))
    waiting.get(message.id)?.(message)
    if (message.method === 'network.beforeRequestSent' && message.params.isBlocked)
      // void: the page may be gone.
      void send('network.failRequest', { request: message.params.request.request }).catch(
        () => undefined,
      )
  })
  return send
}

async function visitorOf(send: Send, userAgent: string | undefined): Promise<Visitor> {
  const { userContext } = await send('browser.createUserContext', {})
  if (userAgent !== undefined)
    await send('emulation.setUserAgentOverride', { userAgent, userContexts: [userContext] })
  const contexts: string[] = []
  return {
    async tab() {
      const { context } = await send('browsingContext.create', { type: 'tab', userContext })
      contexts.push(context)
      return tabOf(send, context)
    },
    async block(pathname) {
      const urlPatterns = [{ type: 'pattern', pathname }]
      await send('network.addIntercept', { phases: ['beforeRequestSent'], contexts, urlPatterns })
    },
    async leave() {
      await send('browser.removeUserContext', { userContext })
    },
  }
}

function tabOf(send: Send, context: string): Tab {
  return {
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    async run(expression) {
      const script = `JSON.stringify(${expression})`
      const answer = await send('script.evaluate', {
        expression: script,
        target: { context },
        awaitPromise: true,
      })
      const { type, result } = answer
      if (type !== 'success') throw new Error(`failed in Firefox: ${expression}`)
      return result.value === undefined ? undefined : JSON.parse(result.value)
    },
    async back() {
      await send('browsingContext.traverseHistory', { context, delta: -1 })
    },
  }
}
