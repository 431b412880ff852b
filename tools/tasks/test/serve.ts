import type { AddressInfo } from 'node:net'
import type { Express } from 'express'

/** What browsers send along. */
const VISITOR = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
  cookie: '_fbp=fb.1.1790000000000.123456789',
}

interface Visit {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Runs requests against an application on loopback. */
export async function serve<T>(
  app: Express,
  visit: (request: (path: string, init?: Visit) => Promise<Response>) => Promise<T>,
): Promise<T> {
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  try {
    return await visit((path, init = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        ...init,
        headers: { ...VISITOR, ...init.headers },
      }),
    )
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}
