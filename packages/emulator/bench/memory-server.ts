import { pathToFileURL } from 'node:url'

// The emulator as built, which tells its heap after a collection whenever it is asked.
const [entry = ''] = process.argv.slice(2)
const { startEmulator } = (await import(pathToFileURL(entry).href)) as {
  startEmulator: (options: { port: number }) => Promise<{ url: string }>
}
const { url } = await startEmulator({ port: 0 })
console.log(url)
process.on('message', () => {
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  process.send?.({ heapUsed, rss })
})
