import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { closeDialog, type DialogId, dialog } from '../state/dialogs.ts'
import { Icon } from './icon.tsx'

interface DialogProps {
  readonly id: DialogId
  readonly title: string
  readonly children: ComponentChildren
  /** At the side of the page, over its whole height. */
  readonly isDrawer?: boolean
}

/** A modal window; the browser keeps the focus in it and Esc closes it. */
export function Dialog(props: DialogProps): JSX.Element | null {
  return dialog.value === props.id ? <OpenDialog {...props} /> : null
}

function OpenDialog({ id, title, children, isDrawer = false }: DialogProps): JSX.Element {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => element.current?.showModal(), [])
  return (
    <dialog
      ref={element}
      class={isDrawer ? 'dialog drawer' : 'dialog'}
      aria-label={title}
      onClose={() => closeDialog(id)}
    >
      <header>
        <h2>{title}</h2>
        <button
          type="button"
          class="icon-button"
          onClick={() => closeDialog(id)}
          aria-label="Close"
        >
          <Icon name="cross" />
        </button>
      </header>
      {children}
    </dialog>
  )
}
