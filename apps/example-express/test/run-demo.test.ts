import { describe, expect, it, onTestFinished } from 'vitest'
import { greeting } from '../src/greeting.ts'
import { listen } from '../src/listen.ts'
import { type RunningDemo, runDemo } from '../src/run-demo.ts'
import { planStart, type StartPlan } from '../src/start-plan.ts'

function planOf(environment: Record<string, string>): StartPlan {
  const result = planStart(environment)
  if (!result.ok) throw new Error(result.problem)
  return result.plan
}

async function takePort(): Promise<number> {
  const server = await listen((_req, res) => res.end(), 0)
  onTestFinished(() => server.close())
  return Number(new URL(server.url).port)
}

async function start(environment: Record<string, string>): Promise<RunningDemo> {
  const demo = await runDemo(planOf(environment))
  onTestFinished(async () => void (await demo.stop()))
  return demo
}

describe('runDemo', () => {
  it('starts the shop and the emulator, and says on stopping what became of the events', async () => {
    const demo = await start({ PORT: '0', EMULATOR_PORT: '0' })
    await fetch(`${demo.url}/products/mug`, { headers: { cookie: 'kobalt_consent=granted' } })

    await fetch(`${demo.url}/products/mug`, { headers: { cookie: 'kobalt_consent=denied' } })

    expect(await demo.stop()).toBe('1 event delivered, 1 dropped (consent 1).')
    await expect(fetch(demo.url)).rejects.toThrow('fetch failed')
  })

  it('names the variable of a shop port in use, and closes the emulator again', async () => {
    const port = await takePort()
    const emulatorPort = await takeAndFreePort()

    await expect(
      runDemo(planOf({ PORT: `${port}`, EMULATOR_PORT: `${emulatorPort}` })),
    ).rejects.toThrow(`Port ${port} is already in use. Choose another one with PORT=${port + 1}.`)
    await expect(fetch(`http://127.0.0.1:${emulatorPort}`)).rejects.toThrow('fetch failed')
  })

  it('names the variable of an emulator port in use', async () => {
    const port = await takePort()

    await expect(runDemo(planOf({ PORT: '0', EMULATOR_PORT: `${port}` }))).rejects.toThrow(
      `Port ${port} is already in use. Choose another one with EMULATOR_PORT=${port + 1}.`,
    )
  })

  it('loads the stand-in with the emulator', async () => {
    const demo = await start({ PORT: '0', EMULATOR_PORT: '0' })
    const page = await pageOf(demo)

    expect(page).toContain(`"pixelUrl":"${demo.emulatorUrl}/en_US/fbevents.js"`)
    expect(page).not.toContain('connect.facebook.net')
  })

  it("loads Meta's own Pixel without it", async () => {
    const identity = { META_PIXEL_ID: '99887766', META_CAPI_ACCESS_TOKEN: 'own-token' }
    const demo = await start({ ...identity, CAPI_BASE_URL: '', PORT: '0' })
    const page = await pageOf(demo)

    expect(demo.emulatorUrl).toBeUndefined()
    expect(page).toContain('src="/events/c.js"')
    expect(page).not.toContain('pixelUrl')
  })
})

describe('greeting', () => {
  it('says plainly that events go to Meta, and that test events count', () => {
    const text = greeting(
      { url: 'http://127.0.0.1:3000', stop: async () => '' },
      { kind: 'meta', testEventCode: undefined },
    )

    expect(text).toContain('go to Meta itself')
    expect(text).toContain('META_TEST_EVENT_CODE')
    expect(text).toContain('count like any other')
  })
})

async function pageOf(demo: RunningDemo): Promise<string> {
  const response = await fetch(demo.url, { headers: { cookie: 'kobalt_consent=granted' } })
  return await response.text()
}

async function takeAndFreePort(): Promise<number> {
  const server = await listen((_req, res) => res.end(), 0)
  await server.close()
  return Number(new URL(server.url).port)
}
