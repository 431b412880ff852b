import type { JSX } from 'preact'
import { plural } from '../model/format.ts'
import { announce } from '../state/announce.ts'
import { clearEvents } from '../state/api.ts'
import { closeDialog } from '../state/dialogs.ts'
import { events } from '../state/events.ts'
import { Dialog } from '../ui/dialog.tsx'

export function ClearDialog(): JSX.Element {
  const clear = async () => {
    await clearEvents()
    closeDialog('clear')
    announce('All events cleared')
  }
  return (
    <Dialog id="clear" title="Clear all events?">
      <p>
        {plural(events.value.length, 'event')} will be forgotten, in the emulator and on every page
        that shows it. Nothing can bring them back.
      </p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => closeDialog('clear')}>
          Keep them
        </button>
        <button type="button" class="button danger" autofocus onClick={() => void clear()}>
          Clear events
        </button>
      </div>
    </Dialog>
  )
}
