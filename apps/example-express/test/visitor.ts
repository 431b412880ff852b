/** A browser for tests: keeps cookies, does not follow redirects, repeats events to the Pixel. */
export interface Page {
  readonly status: number
  readonly location: string | null
  readonly text: string
}

export interface Visitor {
  readonly cookies: ReadonlyMap<string, string>
  get(path: string): Promise<Page>
  post(path: string, form: Readonly<Record<string, string>>): Promise<Page>
  /** What the Pixel stand-in does with the events a page holds. */
  runPixel(page: Page, emulatorUrl: string): Promise<void>
}

export const VISITOR_IP = '203.0.113.7'
export const USER_AGENT = 'Mozilla/5.0 (X11; Linux x86_64) TestBrowser/1.0'

/** @param answer to the banner */
export function createVisitor(
  shopUrl: string,
  answer: 'granted' | 'denied' | 'none' = 'granted',
): Visitor {
  const cookies = new Map<string, string>()
  if (answer !== 'none') cookies.set('kobalt_consent', answer)

  async function request(path: string, body: URLSearchParams | null): Promise<Page> {
    const response = await fetch(new URL(path, shopUrl), {
      method: body ? 'POST' : 'GET',
      body,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'user-agent': USER_AGENT,
        'x-forwarded-for': VISITOR_IP,
      },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    return {
      status: response.status,
      location: response.headers.get('location'),
      text: await response.text(),
    }
  }

  return {
    cookies,
    get: (path) => request(path, null),
    post: (path, form) => request(path, new URLSearchParams(form)),
    async runPixel(page, emulatorUrl) {
      const { pixelId, events } = pixelBlock(page)
      for (const { event_name, custom_data, event_id } of events) {
        const query = new URLSearchParams({
          id: pixelId,
          ev: event_name,
          eid: event_id,
          fbp: cookies.get('_fbp') ?? '',
          fbc: cookies.get('_fbc') ?? '',
        })
        for (const [key, value] of Object.entries(custom_data)) {
          query.set(`cd[${key}]`, typeof value === 'string' ? value : JSON.stringify(value))
        }
        await fetch(`${emulatorUrl}/tr/?${query.toString()}`)
      }
    },
  }
}

export interface PixelBlock {
  readonly pixelId: string
  readonly events: readonly {
    readonly event_name: string
    readonly event_id: string
    readonly custom_data: Readonly<Record<string, unknown>>
  }[]
}

export function pixelBlock(page: Page): PixelBlock {
  const json = /<script type="application\/json" id="pixel-events">(.*?)<\/script>/s.exec(page.text)
  return JSON.parse(json?.[1] ?? 'null') as PixelBlock
}
