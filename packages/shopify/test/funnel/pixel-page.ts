import { build } from 'esbuild'
import { SHOP } from '../webhook/test-shop.ts'

/** The Web Pixel as Shopify's CLI bundles it, with Shopify's own `register`. */
export async function bundledPixel(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/../../storefront/web-pixel.js`],
    bundle: true,
    conditions: ['@capi/source'],
    format: 'iife',
    minify: true,
    write: false,
  })
  return outputFiles.map(({ text }) => text).join('')
}

/**
 * In the worker: Shopify's global, whose cookies are asynchronous, and a bus that the page publishes to. What is published
 * before the pixel subscribes would be lost, so the page waits for `ready`.
 */
const SANDBOX = `
const subscribers = {}
const asked = new Map()
let count = 0
const cookie = (way, text) => new Promise((resolve) => {
  asked.set(++count, resolve)
  postMessage({ way, text, count })
})
const bus = { subscribe: (name, callback) => { subscribers[name] = callback } }
globalThis.shopify = {
  extend: (point, extend) => extend({
    analytics: bus,
    customerPrivacy: bus,
    browser: { cookie: { get: (name) => cookie('get', name), set: (text) => cookie('set', text) } },
    init: START.init,
    settings: START.settings,
  }),
}
addEventListener('message', ({ data }) => {
  if (data.count) return asked.get(data.count)(data.answer)
  subscribers[data.name]?.(data)
})
`

/** In the sandboxed frame: a worker of an opaque origin, and the way between it and the page. */
const FRAME = `<script>
addEventListener('message', ({ data }) => {
  if (!data.source) return worker.postMessage(data)
  worker = new Worker(URL.createObjectURL(new Blob([data.source], { type: 'text/javascript' })))
  worker.onmessage = ({ data }) => parent.postMessage(data, '*')
})
let worker
</script>`

export interface PixelStart {
  readonly pixel: string
  readonly settings: object
  readonly customerPrivacy: object
}

/** A page of the shop, whose frame runs the pixel; `publish(event)` is what Shopify does. */
export function pixelPage({ pixel, settings, customerPrivacy }: PixelStart): string {
  const shop = { myshopifyDomain: SHOP, paymentSettings: { currencyCode: 'EUR' } }
  const start = JSON.stringify({ settings, init: { data: { shop }, customerPrivacy } })
  const source = `const START = ${start}\n${SANDBOX}\n${pixel}\npostMessage({ way: 'ready' })`
  return `<!doctype html><title>shop</title><script>
const quote = ${JSON.stringify(source).replaceAll('<', '\\u003c')}
const frame = document.createElement('iframe')
frame.sandbox = 'allow-scripts'
frame.srcdoc = ${JSON.stringify(FRAME).replaceAll('<', '\\u003c')}
const send = (data) => frame.contentWindow.postMessage(data, '*')
window.ready = new Promise((resolve) => {
  addEventListener('message', ({ data: { way, text, count } }) => {
    if (way === 'ready') return resolve()
    if (way === 'set') document.cookie = text
    const found = document.cookie.split('; ').find((pair) => pair.startsWith(text + '='))
    send({ count, answer: way === 'set' ? text : (found ?? '').slice(text.length + 1) })
  })
})
window.publish = (event) => send(event)
frame.onload = () => send({ source: quote })
addEventListener('DOMContentLoaded', () => document.body.append(frame))
</script><body></body>`
}
