import type { JSX } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { setParams } from '../state/route.ts'
import { Icon } from '../ui/icon.tsx'

/** Browsers allow only so many changes of the address in a while. */
const TYPING_MS = 120

interface SearchFieldProps {
  readonly value: string
  readonly label: string
  readonly placeholder: string
  /** Ways to go on with what is typed. */
  readonly suggest?: (text: string) => readonly string[]
}

export function SearchField({ value, label, placeholder, suggest }: SearchFieldProps): JSX.Element {
  const [text, setText] = useState(value)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // What was typed comes back through the address, late; only a change from elsewhere may replace the text.
  const sent = useRef(value)
  useEffect(() => {
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  const change = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      sent.current = next
      setParams({ q: next }, { replace: true })
    }, TYPING_MS)
  }
  return (
    <search class="search">
      <Icon name="search" />
      <input
        id="search"
        type="text"
        value={text}
        placeholder={placeholder}
        aria-label={label}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        list="filters"
        onInput={(event) => change(event.currentTarget.value)}
      />
      <datalist id="filters">
        {suggest?.(text).map((suggestion) => (
          <option key={suggestion} value={suggestion} />
        ))}
      </datalist>
      {text === '' ? (
        <kbd>/</kbd>
      ) : (
        <button
          type="button"
          class="icon-button small"
          aria-label="Clear the filter"
          onClick={() => change('')}
        >
          <Icon name="cross" />
        </button>
      )}
    </search>
  )
}
