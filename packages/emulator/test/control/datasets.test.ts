import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { event, now, post } from '../support.ts'

async function twoDatasets() {
  const emulator = createEmulator({ now })
  for (const id of ['1', '2']) {
    await emulator.fetch(`/tr?id=${id}&ev=Purchase&eid=p`)
    await emulator.fetch(`/tr?id=${id}&ev=PageView&eid=v`)
  }
  const ask = async (path: string, method = 'GET', body?: unknown) => {
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const response = await emulator.fetch(path, init)
    return { status: response.status, text: await response.text() }
  }
  return { emulator, ask }
}

describe('a dataset', () => {
  it('is forgotten alone, in process and over HTTP', async () => {
    const { emulator, ask } = await twoDatasets()
    expect((await ask('/__capi/events?pixel_id=1', 'DELETE')).status).toBe(204)
    expect(emulator.events().map(({ id, pixel_id }) => [id, pixel_id])).toEqual([
      [3, '2'],
      [4, '2'],
    ])
    emulator.clear({ pixel_id: '3' })
    expect(emulator.events()).toHaveLength(2)
    emulator.clear({ pixel_id: '2' })
    expect(emulator.events()).toEqual([])
  })

  it('once forgotten pairs with nothing, and leaves the pairs of others', async () => {
    const emulator = createEmulator({ now })
    const server = (pixel: string) =>
      emulator.fetch(`/v27.0/${pixel}/events`, {
        method: 'POST',
        headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
        body: JSON.stringify({ data: [event({ event_id: 'a' })] }),
      })
    for (const id of ['1', '2']) await emulator.fetch(`/tr?id=${id}&ev=PageView&eid=a`)
    emulator.clear({ pixel_id: '1' })
    await server('1')
    await server('2')
    expect(emulator.events().map(({ status }) => status)).toEqual([
      'processed',
      'processed',
      'deduplicated',
    ])
    expect(emulator.pairs({ pixel_id: '1' }).pairs).toEqual([])
    expect(emulator.pairs({ pixel_id: '2' }).pairs).toHaveLength(1)
  })

  it('leaves the room of what was forgotten to others', async () => {
    const emulator = createEmulator({ now, max: 3 })
    for (const id of ['1', '2', '2']) await emulator.fetch(`/tr?id=${id}&ev=Lead`)
    emulator.clear({ pixel_id: '2' })
    for (const ev of ['A', 'B', 'C']) await emulator.fetch(`/tr?id=3&ev=${ev}`)
    expect(emulator.events().map(({ event_name }) => event_name)).toEqual(['A', 'B', 'C'])
    emulator.clear({ pixel_id: '3' })
    await emulator.fetch('/tr?id=3&ev=D')
    expect(emulator.events().map(({ id }) => id)).toEqual([7])
  })

  it('has reports, waits and exports of its own', async () => {
    const { emulator, ask } = await twoDatasets()
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
    const json = async (path: string) => JSON.parse((await ask(path)).text) as unknown
    const one = { pixel_id: '1' }
    expect(emulator.diagnostics(one).length).toBeGreaterThan(0)
    expect(emulator.diagnostics(one)[0]?.sample_event_ids).toEqual([1])
    expect(await json('/__capi/diagnostics?pixel_id=1')).toEqual(
      plain({ diagnostics: emulator.diagnostics(one) }),
    )
    expect(await json('/__capi/quality?pixel_id=1')).toEqual(
      plain({ quality: emulator.quality(one) }),
    )
    expect(await json('/__capi/pairs?pixel_id=1')).toEqual(plain(emulator.pairs(one)))
    expect(emulator.quality({ pixel_id: '3' })).toEqual([])
    expect(await json('/__capi/wait?pixel_id=2')).toMatchObject({ id: 3 })
    expect((await ask('/__capi/export.ndjson?pixel_id=2')).text).toBe(
      emulator.exportEvents({ pixel_id: '2' }),
    )
    expect(emulator.exportEvents({ pixel_id: '2' }).trim().split('\n')).toHaveLength(2)
  })
})

describe('faults of a dataset', () => {
  it('are added and taken away one by one', async () => {
    const { emulator, ask } = await twoDatasets()
    const added = await ask('/__capi/faults', 'POST', { preset: 'outage', times: 1 })
    expect(added).toEqual({ status: 201, text: '{"preset":"outage","times":1,"id":1,"hits":0}' })
    await ask('/__capi/faults', 'POST', { action: { type: 'reset' } })
    expect((await ask('/__capi/faults/1', 'DELETE')).status).toBe(204)
    expect(emulator.faults.list().map(({ id }) => id)).toEqual([2])
    for (const id of ['1', '0', 'x']) {
      expect((await ask(`/__capi/faults/${id}`, 'DELETE')).status, id).toBe(404)
    }
  })

  it('do not undo those of another', async () => {
    const { emulator, ask } = await twoDatasets()
    emulator.fail({ preset: 'slow' })
    await ask('/__capi/faults?pixel_id=1', 'PUT', { faults: [{ preset: 'outage' }] })
    await ask('/__capi/faults?pixel_id=2', 'PUT', [{ preset: 'blocked' }])
    await ask('/__capi/faults?pixel_id=1', 'PUT', { faults: [{ preset: 'permission' }] })
    const standing = () => emulator.faults.list().map(({ preset, match }) => [preset, match])
    expect(standing()).toEqual([
      ['slow', undefined],
      ['blocked', { pixel_id: '2' }],
      ['permission', { pixel_id: '1' }],
    ])
    expect((await ask('/__capi/faults?pixel_id=2')).text).toContain('"preset":"blocked"')
    expect(emulator.faults.list({ pixel_id: '2' })).toHaveLength(1)
    expect((await ask('/__capi/faults?pixel_id=2', 'DELETE')).status).toBe(204)
    emulator.faults.clear({ pixel_id: '1' })
    expect(standing()).toEqual([['slow', undefined]])
  })

  it('strike no other dataset, and none may be set for one', async () => {
    const { emulator, ask } = await twoDatasets()
    await ask('/__capi/faults?pixel_id=1', 'POST', { preset: 'outage' })
    expect((await post(emulator, { data: [event()] })).status).toBe(200)
    const foreign = { preset: 'outage', match: { pixel_id: '42' } }
    for (const [method, body] of [
      ['POST', foreign],
      ['PUT', [foreign]],
    ] as const) {
      const { status, text } = await ask('/__capi/faults?pixel_id=1', method, body)
      expect([status, text]).toEqual([400, expect.stringContaining('another dataset')])
    }
    expect(emulator.faults.list()).toHaveLength(1)
  })
})
