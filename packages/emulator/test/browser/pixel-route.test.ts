import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'

const QUERY =
  'id=7&ev=Purchase&eid=o-1&dl=https%3A%2F%2Fshop.example%2F&ts=1793491200123&fbp=fb.1.2.3' +
  '&cd[value]=9.5&cd[currency]=EUR&cd[content_ids]=%5B%22a%22%5D&ud[em]=abc'

const EXPECTED = {
  source: 'browser',
  status: 'processed',
  pixel_id: '7',
  event_name: 'Purchase',
  event_id: 'o-1',
  payload: {
    event_name: 'Purchase',
    event_id: 'o-1',
    event_source_url: 'https://shop.example/',
    event_time: 1_793_491_200,
    user_data: { fbp: 'fb.1.2.3', em: 'abc' },
    custom_data: { value: '9.5', currency: 'EUR', content_ids: ['a'] },
  },
}

describe('the browser sink', () => {
  it.each(['/tr', '/tr/'])('answers GET %s with a GIF and keeps the event', async (path) => {
    const emulator = createEmulator()
    const response = await emulator.fetch(`${path}?${QUERY}`)
    expect(response.headers.get('content-type')).toBe('image/gif')
    expect(new TextDecoder().decode(await response.arrayBuffer())).toMatch(/^GIF89a/)
    expect(emulator.events()).toMatchObject([EXPECTED])
  })

  const form = new FormData()
  for (const [key, value] of new URLSearchParams(QUERY)) form.append(key, value)
  it.each([
    ['a form', new URLSearchParams(QUERY)],
    ['a multipart form', form],
    ['form text from sendBeacon', QUERY],
    [
      'JSON text from sendBeacon',
      JSON.stringify({
        ...Object.fromEntries(
          [...new URLSearchParams(QUERY)].filter(([key]) => !key.includes('[')),
        ),
        cd: { value: '9.5', currency: 'EUR', content_ids: ['a'] },
        ud: { em: 'abc' },
      }),
    ],
  ])('takes %s by POST, from any origin', async (_what, body) => {
    const emulator = createEmulator()
    const response = await emulator.fetch('/tr', { method: 'POST', body })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(emulator.events()).toMatchObject([EXPECTED])
  })

  it('takes the query of a POST whose body cannot be read', async () => {
    const emulator = createEmulator()
    await emulator.fetch('/tr?id=7&ev=Lead', { method: 'POST', body: '{' })
    expect(emulator.events()).toMatchObject([{ event_name: 'Lead' }])
  })

  it('keeps nothing of a call without an event name', async () => {
    const emulator = createEmulator()
    expect((await emulator.fetch('/tr?id=7')).status).toBe(200)
    expect(emulator.events()).toEqual([])
  })
})
