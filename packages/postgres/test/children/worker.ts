// Delivers what is in the outbox, until it is killed.
import { openCapi } from './open-capi.ts'

const [url = '', baseUrl = ''] = process.argv.slice(2)
openCapi(url, baseUrl, 'worker')
process.stdout.write('started\n')
setInterval(() => {}, 60_000)
