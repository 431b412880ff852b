// Meta's stand-in, in a process of its own, 50 ms away.
import { createEmulator } from '@capi/emulator'

const emulator = createEmulator()
emulator.fail({ action: { type: 'latency', ms: 50 } })
const { url } = await emulator.listen({ port: 0 })
console.log(url)
