// The other end of bench/kept.ts, in a process of its own: node bench/kept-load.ts <port>
import { openLoad } from './load.ts'

const drive = await openLoad(Number(process.argv[2]), 8)
process.on(
  'message',
  (ms: number) => void drive(ms).then(({ requests }) => process.send?.(requests)),
)
process.on('disconnect', () => process.exit(0))
