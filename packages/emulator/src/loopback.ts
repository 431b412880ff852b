const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i

/** Whether an address to listen on can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host)
}

/** Whether a Host header, with or without a port, names this machine. */
export function isLoopbackHostHeader(header: string | null): boolean {
  return isLoopback((header ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'))
}
