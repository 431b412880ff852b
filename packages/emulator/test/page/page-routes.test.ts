import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageFolder } from '../../src/page/page-folder.ts'
import { pageRoutes } from '../../src/page/page-routes.ts'
import { buildPage } from './build-page.ts'

const CORE = 'rules-of-core.js'
const root = join(import.meta.dirname, '../../page')
let folder = ''
let app = pageRoutes()

beforeAll(async () => {
  folder = await buildPage()
  app = pageRoutes(() => pathToFileURL(`${folder}/`))
}, 60_000)

afterAll(() => rm(folder, { recursive: true }))

const textOf = async (path: string) => (await app.request(path)).text()

describe('the page', () => {
  it('is served with a policy that lets only its own files run', async () => {
    const response = await app.request('/')
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = response.headers.get('content-security-policy')
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).not.toMatch(/unsafe|https?:|\*/)
  })

  it('names no file that the emulator does not serve, and no inline code', async () => {
    const html = await textOf('/')
    const links = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path ?? '')
    expect(links).toContain('/__capi/page.css')
    expect(links).toContain('/__capi/page.js')
    for (const path of links.filter((path) => path !== '/__capi/events')) {
      expect((await app.request(path)).status, path).toBe(200)
    }
    expect(html).not.toMatch(/<style|<script(?![^>]* src=)|\son\w+=|\sstyle=/)
  })

  it('is one page and its parts, all of them served, and nothing beside them', async () => {
    const files = (await readdir(folder)).sort()
    expect(files).toEqual(expect.arrayContaining(['index.html', 'page.css', 'page.js', CORE]))
    for (const file of files.filter((name) => name !== 'index.html')) {
      const response = await app.request(`/__capi/${file}`)
      expect(response.status, file).toBe(200)
      expect(response.headers.get('content-security-policy'), file).toMatch(/^default-src 'none'/)
    }
    for (const path of ['/__capi/other.js', '/__capi/..%2Fpage.js', '/__capi/x%2Fy.js']) {
      expect((await app.request(path)).status, path).toBe(404)
    }
  })

  it('loads the rules of core, and what needs them, only when they are needed', async () => {
    const [html, page] = [await textOf('/'), await textOf('/__capi/page.js')]
    expect(html + page.replaceAll(/import\([^)]*\)/g, '')).not.toContain(CORE)
    expect(page).toMatch(new RegExp(`import\\(\\W*${CORE}`))
  })

  it('reaches for nothing outside and runs no text as code', async () => {
    const files = (await readdir(folder)).filter((name) => name !== 'index.html')
    const text = (await Promise.all(files.map((file) => textOf(`/__capi/${file}`)))).join()
    expect(/\beval\(|new Function|document\.write|insertAdjacentHTML/.exec(text)).toBeNull()
    expect(/@import|url\(/.test(await textOf('/__capi/page.css'))).toBe(false)
    const addresses = [...text.matchAll(/https?:\/\/[\w.-]+/g)].map(([address]) => address)
    // Words on the page and in commands to copy; the policy lets the page talk to none of them.
    expect(new Set(addresses)).toEqual(
      new Set([
        'http://www.w3.org',
        'https://graph.facebook.com',
        'https://shop.example',
        'https://staging.example',
      ]),
    )
  })

  it('keeps markup out of its sources', async () => {
    const files = await readdir(join(root, 'src'), { recursive: true })
    for (const file of files.filter((name) => /\.tsx?$/.test(name))) {
      const source = await readFile(join(root, 'src', file), 'utf8')
      expect(source, file).not.toMatch(/innerHTML|outerHTML|dangerouslySet|\bstyle="/)
    }
  })

  it('weighs at most 54 kB compressed at the start', async () => {
    const html = await textOf('/')
    const files = ['page.css', ...(html.match(/[\w-]+\.js/g) ?? [])]
    // What the page imports at once counts with it.
    const loaded = new Set(files)
    for (const file of loaded) {
      const imports = (await textOf(`/__capi/${file}`)).matchAll(
        /(?:from|import)\s*"\.\/([\w-]+\.js)"/g,
      )
      for (const [, name = ''] of imports) loaded.add(name)
    }
    const sizes = await Promise.all(
      [...loaded].map(async (file) => gzipSync(await readFile(join(folder, file))).length),
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(54_000)
  })

  it('says how to get it when it is not built', async () => {
    const response = await pageRoutes(() => new URL('file:///nowhere/')).request('/')
    expect(response.status).toBe(404)
    expect(await response.text()).toMatch(/^The page's files are not beside .*bundled/)
  })

  it('says so too in a bundle that has no address of its own', async () => {
    const routes = pageRoutes(() => {
      throw new TypeError('Invalid URL')
    })
    expect((await routes.request('/')).status).toBe(404)
  })

  it('lies beside the built code, or where it is built to', () => {
    expect(pageFolder('file:///x/dist/chunk-1.js').href).toBe('file:///x/dist/page/')
    expect(pageFolder('file:///x/dist/src/page/page-folder.ts').href).toBe(
      'file:///x/dist/dist/page/',
    )
    expect(pageFolder('file:///x/src/page/page-folder.ts').href).toBe('file:///x/dist/page/')
  })
})
