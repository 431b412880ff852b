import { expect, it } from 'vitest'
import { runCapi } from './run-capi.ts'

const ANNA = 'f7d54c22dda5b1780276601cd005909b70543fc4a6ba72d735b4cb9bbb611f01'

it('shows raw, normalised and SHA-256 of a value, under any name of its field', async () => {
  const { code, stdout, stderr } = await runCapi(['hash', 'email', ' Anna@Example.com '])
  expect(stdout).toBe(
    `raw          Anna@Example.com \nnormalised  anna@example.com\nSHA-256     ${ANNA}\n`,
  )
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

it('reads the value from standard input, which keeps it out of the history, and prints JSON', async () => {
  const { code, stdout } = await runCapi(['hash', 'ph', '--country', 'CH', '--json'], {
    input: '079 123 45 67\n',
  })
  expect(JSON.parse(stdout)).toMatchObject({
    field: 'ph',
    raw: '079 123 45 67',
    normalized: '41791234567',
    issues: [],
  })
  expect(code).toBe(0)
})

it('ends with 3 for a value that its field cannot hold, and names code and fix', async () => {
  const { code, stdout, stderr } = await runCapi(['hash', 'em', 'nobody'])
  expect(stdout).toContain('dropped')
  expect(stderr).toMatch(/not_normalizable/)
  expect(code).toBe(3)
})

it('ends with 2 for an unknown field, in words or with --json as one object on stderr', async () => {
  const plain = await runCapi(['hash', 'mail', 'x'])
  expect(plain).toMatchObject({ code: 2, stdout: '' })
  expect(plain.stderr).toMatch(/^capi: No hashed field is named mail.*\(usage_invalid\)\n/)
  const { stderr, code } = await runCapi(['hash', 'mail', 'x', '--json'])
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'usage_invalid', exitCode: 2 } })
  expect(code).toBe(2)
})
