import { createEmulator } from '@capi/emulator'
import { createApp } from './create-app.ts'

// Without an address for Meta, the emulator stands in.
if (!process.env['CAPI_BASE_URL']) {
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port: Number(process.env['EMULATOR_PORT'] || 2274) })
  process.env['CAPI_BASE_URL'] = url
  process.env['META_PIXEL_ID'] ||= '1234567890'
  process.env['META_CAPI_ACCESS_TOKEN'] ||= 'any-token'
}

const app = await createApp()
await app.listen(Number(process.env['PORT'] || 3100), '127.0.0.1')
const url = await app.getUrl()
console.log(`
  Shop API  ${url}
  Emulator  ${process.env['CAPI_BASE_URL']}

  curl '${url}/products/mug?fbclid=demo-click' -H 'X-Consent: granted' -H 'X-Forwarded-For: 203.0.113.7'
  curl '${url}/orders' -H 'X-Consent: granted' -H 'X-Forwarded-For: 203.0.113.7' \\
    --json '{"email":"anna.muster@example.com","items":[{"product":"mug","quantity":2}]}'
  Ctrl-C stops both.
`)
