// Serves the cases of `remoteBattery` with the server of this runtime. Prints the ports of `capiWeb` and of Hono.
import { answerCase } from '../cases/web-battery.ts'
import { serve } from '../src/serve.ts'

const ports = await Promise.all(
  ['web', 'hono'].map(
    async (adapter) => (await serve((request) => answerCase(adapter, request))).port,
  ),
)
console.log(JSON.stringify(ports))
