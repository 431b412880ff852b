import { attempt } from './attempt.ts'

/** A random UUID. Never throws, also where the runtime refuses `crypto`: in Cloudflare Workers outside of a request. */
export function randomId(): string {
  return attempt(() => crypto.randomUUID()) ?? plainUuid()
}

function plainUuid(): string {
  const digit = () => Math.floor(Math.random() * 16).toString(16)
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, digit)
}
