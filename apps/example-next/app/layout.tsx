import { CapiProvider } from '@capi/browser/react'
import type { ReactNode } from 'react'
import { capi } from '../lib/capi'

export const metadata = { title: 'Kobalt' }

export default async function Layout({ children }: { readonly children: ReactNode }) {
  const { consent, pageViewId } = await capi.getCapi()
  return (
    <html lang="en">
      <body>
        <CapiProvider
          pixelId={process.env['META_PIXEL_ID'] ?? false}
          pixelUrl={process.env['PIXEL_URL']} // the emulator's; without it, Meta's
          pageViews={{ pageViewId }} // the proxy has tracked this view; those that Next shows later go to both
          consent={consent}
        >
          <a href="/">Kobalt</a>
          {children}
        </CapiProvider>
      </body>
    </html>
  )
}
