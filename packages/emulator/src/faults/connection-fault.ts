/** Nothing comes; the connection is reset; it is closed without an answer. */
export type ConnectionFaultKind = 'silence' | 'reset' | 'cut'

/**
 * Thrown out of the app where there is no answer to give. The owner of the connection acts on it:
 * `listen` on the socket, an emulator's `fetch` on its promise.
 */
export class ConnectionFault extends Error {
  readonly kind: ConnectionFaultKind

  constructor(kind: ConnectionFaultKind) {
    super(`The connection was to end here (${kind}).`)
    this.name = 'ConnectionFault'
    this.kind = kind
  }
}
