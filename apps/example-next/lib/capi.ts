import { createCapiNext } from '@capi/next'

/** One for the whole shop: the proxy, actions, routes and pages import it from here. */
export const capi = createCapiNext({
  siteUrl: process.env['SITE_URL'], // 'https://shop.example': Next does not know it
  address: 'vercel', // who says where the visitor is: also 'cloudflare', …, or how many proxies stand in front
  consent: (request) => (request.cookies.get('consent')?.value === 'no' ? 'denied' : 'granted'),
  autoPageView: true,
})
