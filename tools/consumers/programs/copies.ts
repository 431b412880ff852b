// Both copies of the package in one process: a CommonJS library in an ESM application, or the other way about.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { runProgram } from './one-event.js'

runProgram(async () => {
  const require = createRequire(pathToFileURL(process.argv[1] ?? ''))
  const required: typeof import('@capi/core') = require('@capi/core')
  const imported = await import('@capi/core')
  assert.notEqual(required.CapiError, imported.CapiError)
  for (const [one, other] of [
    [required, imported],
    [imported, required],
  ] as const) {
    const thrown = thrownBy(() => one.createCapi({ pixelId: 'not a number', accessToken: 'any' }))
    assert.equal(one.CapiError.is(thrown), true)
    assert.equal(other.CapiError.is(thrown), true)
    assert.equal(other.CapiError.is(thrown) && thrown.code, 'config_invalid')
    assert.equal(thrown instanceof other.CapiError, false)
  }
  assert.equal(imported.CapiError.is(new TypeError('somebody else’s')), false)
})

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  return assert.fail('Nothing was thrown.')
}
