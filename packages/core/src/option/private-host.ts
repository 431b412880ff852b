/**
 * Whether only this machine or its private network can have this host: loopback, private and link-local addresses, and
 * names that the public DNS does not give (one label, `.localhost`, `.local`, `.internal`, `.test`).
 * Source: RFC 1918, 3927, 4193, 4291, 6761, 6762; ICANN's reservation of `.internal`, 2024-07-29.
 * @param hostname as the URL parser gives it: addresses are canonical.
 */
export function isPrivateHost(hostname: string): boolean {
  if (hostname.startsWith('[')) return isPrivateV6(hostname.slice(1, -1))
  if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return isPrivateV4(hostname)
  return hostname !== '' && (!hostname.includes('.') || PRIVATE_NAME.test(hostname))
}

const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|test)\.?$/

function isPrivateV4(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number)
  if (a === 127 || a === 10) return true
  return (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254)
}

function isPrivateV6(address: string): boolean {
  const mapped = /^::ffff:([0-9a-f]{1,4}):[0-9a-f]{1,4}$/.exec(address)?.[1]
  if (mapped === undefined)
    return address === '::1' || /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(address)
  const high = Number.parseInt(mapped, 16)
  return isPrivateV4(`${high >> 8}.${high & 255}.0.0`)
}
