import type { IncomingMessage } from 'node:http'

/** The addresses a shop is reached by, for example `https://kobalt.example`; `https://<shop>` needs no mention. */
export type ShopOrigins = readonly string[]

/** The shops served, by exact `myshopify.com` domain, each with its own addresses; or a function that finds them. */
export type Shops =
  | Readonly<Record<string, ShopOrigins>>
  | ((shop: string) => ShopOrigins | undefined | Promise<ShopOrigins | undefined>)

/** A Web Pixel runs in a worker or a sandboxed frame and has no origin of its own. */
export const WEB_PIXEL = 'null'

/** Undefined for a shop that is not served. */
export async function originsOf(shop: string, shops: Shops): Promise<ShopOrigins | undefined> {
  const found = typeof shops === 'function' ? await shops(shop) : ownOrigins(shops, shop)
  return found && [`https://${shop}`, ...found]
}

function ownOrigins(shops: Readonly<Record<string, ShopOrigins>>, shop: string) {
  return Object.hasOwn(shops, shop) ? shops[shop] : undefined
}

/** The visitor's address: the option's, else Express's, else the socket's. */
export function addressOf(
  req: IncomingMessage & { readonly ip?: unknown },
  { clientIp }: { readonly clientIp?: ((req: IncomingMessage) => string | undefined) | undefined },
): string {
  const address = clientIp ? clientIp(req) : req.ip
  return typeof address === 'string' ? address : (req.socket.remoteAddress ?? '')
}
