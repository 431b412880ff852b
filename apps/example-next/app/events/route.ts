import { capi } from '../../lib/capi'

/** What only the browser knows. */
export const { POST, OPTIONS } = capi.handlers({
  allowedOrigins: [process.env['SITE_URL'] ?? 'http://localhost:3000'],
  events: ['PageView', 'AddToCart'],
})
