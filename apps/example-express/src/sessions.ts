import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Request, Response } from 'express'
import type { Cart } from './cart.ts'
import type { PixelEvent } from './pixel.ts'
import { readCookie } from './read-cookie.ts'

export interface Session {
  /** Names the visitor to Meta as `external_id`. Not the cookie: that one is a key to the cart. */
  readonly visitorId: string
  cart: Cart
  /** Events the next page has to repeat to the Pixel: a redirect has no page of its own. */
  pixelEvents: PixelEvent[]
  lastOrderId?: number
  /** Who is logged in. */
  email?: string | undefined
}

export interface Sessions {
  find(req: Pick<IncomingMessage, 'headers'>): Session | undefined
  findOrStart(req: Request, res: Response): Session
}

const COOKIE = 'kobalt_session'
const MAX_SESSIONS = 10_000

/** Sessions in memory. When full, the oldest goes. */
export function createSessions(): Sessions {
  const sessions = new Map<string, Session>()

  const find = (req: Pick<IncomingMessage, 'headers'>) => {
    const id = readCookie(req.headers.cookie, COOKIE)
    return id === undefined ? undefined : sessions.get(id)
  }

  const start = (req: Request, res: Response) => {
    const oldest = sessions.keys().next()
    if (sessions.size >= MAX_SESSIONS && !oldest.done) sessions.delete(oldest.value)

    const id = randomUUID()
    const session: Session = { visitorId: randomUUID(), cart: new Map(), pixelEvents: [] }
    sessions.set(id, session)
    res.cookie(COOKIE, id, { httpOnly: true, sameSite: 'lax', secure: req.secure })
    return session
  }

  return { find, findOrStart: (req, res) => find(req) ?? start(req, res) }
}
