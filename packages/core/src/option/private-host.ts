import { isPrivateV4, mappedV4 } from '../field/ip-ranges.ts'

/**
 * Whether only this machine or its private network can have this host: loopback, private and link-local addresses, and
 * names that the public DNS does not give (one label, `.localhost`, `.local`, `.internal`, `.test`).
 * Source: RFC 1918, 3927, 4193, 4291, 6761, 6762; ICANN's reservation of `.internal`, 2024-07-29.
 * @param hostname as the URL parser gives it: addresses are canonical.
 */
export function isPrivateHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return isPrivateV6(hostname.slice(1, -1))
  if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) {
    const [first = 0, second = 0] = hostname.split('.').map(Number)
    return isPrivateV4(first, second)
  }
  return hostname !== '' && (!hostname.includes('.') || PRIVATE_NAME.test(hostname))
}

const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|test)\.?$/

function isPrivateV6(address: string): boolean {
  const mapped = mappedV4(address)
  if (mapped !== undefined) return isPrivateHost(mapped)
  return address === '::1' || /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(address)
}
