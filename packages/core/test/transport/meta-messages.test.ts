import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMessageLog, readMessages } from '../../src/transport/meta-messages.ts'

describe('readMessages', () => {
  it.each([
    ['The parameter user_data.fbc looks modified (#100).', undefined],
    ['12 of 1000 events have no value, e.g. at 12.50 EUR.', undefined],
    ['Siehe https://developers.facebook.com/docs/x', undefined],
    ['See https://shop.example/?email=anna%40example.com now', 'See https://shop.example/?… now'],
    ['No such person: anna.muster+x@example.com!', 'No such person: …'],
    ['"anna@example.com" is not hashed', '"…" is not hashed'],
    ['Phone +41 79 123 45 67 is not hashed', 'Phone … is not hashed'],
    ['Address 203.0.113.7 is shared', 'Address … is shared'],
    ['Address 2001:db8::7334:1 is shared', 'Address … is shared'],
    ['order 12345678901 came twice', 'order … came twice'],
    [`em ${'a1'.repeat(32)} is the hash of nothing`, 'em … is the hash of nothing'],
    ['token EAABsbCS1iHgBAKZCZAabcdefghijklmnop', 'token …'],
  ])('of %s keeps what is not personal', (text, expected = text) => {
    expect(readMessages([text])).toEqual([expected])
  })

  it.each([[undefined], [null], ['text'], [{}], [[]], [['', ' ']]])('finds none in %j', (given) => {
    expect(readMessages(given)).toEqual([])
  })

  it('keeps a comment that is no text, and each text once', () => {
    expect(readMessages([{ code: 7 }, 'a', 'a', 5])).toEqual(['{"code":7}', 'a', '5'])
  })

  it('is bounded, whatever comes, and lets no address through', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.json(),
      fc.emailAddress(),
      fc.ipV4(),
      fc.ipV6(),
      fc.constantFrom('a'.repeat(9_999), '1 '.repeat(9_999), ':'.repeat(9_999), 'http://'),
    )
    const text = fc.array(noise).map((parts) => parts.join(' '))
    fc.assert(
      fc.property(fc.array(text, { maxLength: 50 }), (texts) => {
        const messages = readMessages(texts)
        expect(messages.length).toBeLessThanOrEqual(20)
        for (const message of messages) {
          expect(message.length).toBeLessThanOrEqual(400)
          expect(message).not.toMatch(/\w@\w|\d{8}|\d\.\d+\.\d+\.\d/)
        }
      }),
    )
  })
})

describe('createMessageLog', () => {
  it('logs each text once, the trace last', () => {
    const lines: string[] = []
    const log = createMessageLog({ warn: (line) => lines.push(line), error: () => {} })
    log('123', ['Click id modified.'], 'A1')
    log('123', ['Click id modified.', 'No value.'], 'A2')
    log('456', ['No value.'], undefined)
    expect(lines).toEqual([
      '@capi/core: pixel 123: Meta took the events and says: "Click id modified." Check what sends them. Logged once for each text. (fbtrace_id A1)',
      '@capi/core: pixel 123: Meta took the events and says: "No value." Check what sends them. Logged once for each text. (fbtrace_id A2)',
    ])
  })

  it('remembers at most a hundred texts, and says when it logs no more', () => {
    const lines: string[] = []
    const log = createMessageLog({ warn: (line) => lines.push(line), error: () => {} })
    for (let n = 0; n < 1_000; n++) log('123', [`text ${n}`], undefined)
    expect(lines).toHaveLength(100)
    expect(lines[98]).not.toContain('No further')
    expect(lines[99]).toContain('No further messages are logged.')
  })
})
