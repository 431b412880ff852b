import { expect, it } from 'vitest'
import { describe as inWords, readAnswer } from '../../src/live/answer.ts'

const TOKEN = 'EAAsecretTokenOfNobody'

it('keeps the token out of what is printed where an answer repeats it, and control characters too', async () => {
  const error = { code: 190, error_user_title: `\u001b[31mThe token ${TOKEN} has expired` }
  const answer = await readAnswer(Response.json({ error }, { status: 401 }), TOKEN)
  expect(inWords(answer)).toBe('401  error 190  " [31mThe token [token] has expired"')
})

it('makes an answer of a page that is no JSON', async () => {
  const answer = await readAnswer(new Response('<h1>Bad gateway</h1>', { status: 502 }), TOKEN)
  expect(inWords(answer)).toBe('502')
})
