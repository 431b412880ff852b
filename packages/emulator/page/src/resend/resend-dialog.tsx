import type { JSX } from 'preact'
import { Dialog } from '../ui/dialog.tsx'
import { lazyView } from '../ui/lazy-view.tsx'

const { View: Drawer } = lazyView(async () => (await import('./resend-drawer.tsx')).ResendDrawer)

/** Lies over the right side of the page, on every tab; its code is loaded when it first opens. */
export function ResendDialog(): JSX.Element {
  return (
    <Dialog id="resend" title="Resend" isDrawer>
      <Drawer />
    </Dialog>
  )
}
