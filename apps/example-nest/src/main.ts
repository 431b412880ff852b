import { createApp } from './create-app.ts'

const app = await createApp()
await app.listen(Number(process.env['PORT'] || 3100), '127.0.0.1')
console.log(`Shop API  ${await app.getUrl()}`)
