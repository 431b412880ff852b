import type { JSX } from 'preact'
import { ClockForm } from '../faults/clock-form.tsx'
import { Dialog } from '../ui/dialog.tsx'

export function ClockDialog(): JSX.Element {
  return (
    <Dialog id="clock" title="Clock">
      <ClockForm />
    </Dialog>
  )
}
