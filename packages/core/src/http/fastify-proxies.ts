import type { TrustedProxies } from './request-like.ts'

/** What a request of Fastify's says of the proxies in front. Absent without `trustProxy`. */
interface FastifyAddresses {
  readonly ips?: readonly string[] | undefined
}

/** An address reserved for documentation (RFC 5737): no visitor has it. */
const RESERVED_ADDRESS = '192.0.2.1'

/**
 * The proxies that Fastify's `trustProxy` trusts, for adapters of Fastify and of what is built on it. Fastify does not
 * expose how it read that option. It follows a chain of addresses one step beyond those it trusts, so the length of the
 * chain shows which it trusts.
 * @internal
 */
export function fastifyProxies(request: object): TrustedProxies {
  if ((request as FastifyAddresses).ips === undefined) return 0
  const chain: string[] = []
  return (address, distance) => {
    chain[distance] = address
    // Core asks from the socket on; for one far away alone, those in between count as it does.
    const asked = Array.from({ length: distance + 1 }, (_, index) => chain[index] ?? address)
    const [remoteAddress, ...hops] = asked
    const headers = { 'x-forwarded-for': [RESERVED_ADDRESS, ...hops.reverse()].join(', ') }
    const raw = { headers, socket: { remoteAddress }, connection: { remoteAddress } }
    const { ips }: FastifyAddresses = Object.create(request, { raw: { value: raw } })
    return ips !== undefined && ips.length > distance + 1
  }
}
