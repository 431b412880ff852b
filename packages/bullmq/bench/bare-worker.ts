// BullMQ alone: takes the same jobs, does nothing with them, until nothing waits.
import { Worker } from 'bullmq'

const [port] = process.argv.slice(2)
const connection = { host: '127.0.0.1', port: Number(port) }
const options = { connection, concurrency: 800, removeOnComplete: { count: 0 } }
const worker = new Worker('capi', async () => null, options)
worker.once('drained', () => {
  const { user, system } = process.cpuUsage()
  process.stdout.write(String(user + system))
  void worker.close()
})
