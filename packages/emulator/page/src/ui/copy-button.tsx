import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { announce } from '../state/announce.ts'
import { Icon } from './icon.tsx'

interface CopyButtonProps {
  readonly label: string
  /** Made when it is asked for. */
  readonly text: () => string
  /** For screen readers, where the label alone says too little. */
  readonly what?: string
}

export function CopyButton({ label, text, what }: CopyButtonProps): JSX.Element {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const copy = async () => {
    const isDone = await navigator.clipboard.writeText(text()).then(
      () => true,
      () => false,
    )
    setState(isDone ? 'copied' : 'failed')
    announce(isDone ? `${what ?? label} copied` : 'The browser does not allow copying here')
    setTimeout(() => setState('idle'), 1600)
  }
  return (
    <button type="button" class="button" aria-label={what} onClick={() => void copy()}>
      <Icon name={state === 'copied' ? 'check' : state === 'failed' ? 'cross' : 'copies'} />
      {state === 'failed' ? 'Not allowed' : label}
    </button>
  )
}
