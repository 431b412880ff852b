// Calls api/shop.js as Vercel does: with a web request, and the visitor's address in a header of the platform's.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'

const { default: shop } = await import(pathToFileURL(join(process.cwd(), 'api/shop.js')).href)
serve({
  port: Number(process.env.PORT),
  fetch(request) {
    const headers = new Headers(request.headers)
    const address = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim()
    if (address) headers.set('x-vercel-forwarded-for', address)
    return shop.fetch(new Request(request, { headers }))
  },
})
