import { Script } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../src/index.ts'

const { fetch } = createEmulator()

describe('the page', () => {
  it('is served with a policy that lets only its own files run', async () => {
    const response = await fetch('/')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; /)
  })

  it('names no file that the emulator does not serve, and no inline code', async () => {
    const html = await (await fetch('/')).text()
    const links = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path ?? '')
    expect(links).toContain('/__capi/page.css')
    for (const path of links) expect((await fetch(path)).status, path).toBe(200)
    expect(html).not.toMatch(/<style|<script(?! type="module" src)|\son\w+=|\sstyle=/)
  })

  it('has a script that parses and never writes HTML', async () => {
    const script = await (await fetch('/__capi/page.js')).text()
    expect(() => new Script(script)).not.toThrow()
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/)
  })
})
