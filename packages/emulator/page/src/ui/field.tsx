import type { ComponentChildren, JSX } from 'preact'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly type?: 'text' | 'number' | 'datetime-local'
  /** Offered, not demanded. */
  readonly suggestions?: readonly string[]
  readonly children?: ComponentChildren
}

/** A labelled line of text. */
export function Field({
  label,
  value,
  onChange,
  placeholder = '',
  type = 'text',
  suggestions,
  children,
}: FieldProps): JSX.Element {
  const listId = suggestions && `list-${label.replaceAll(/\W/g, '-')}`
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type={type}
        value={value}
        placeholder={placeholder}
        step={type === 'datetime-local' ? 1 : undefined}
        autocomplete="off"
        spellcheck={false}
        list={listId}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      {listId !== undefined && (
        <datalist id={listId}>
          {suggestions?.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      {children}
    </label>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly title: string }[]
  readonly onChange: (value: string) => void
}

export function Choice({ label, value, options, onChange }: ChoiceProps): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.title}
          </option>
        ))}
      </select>
    </label>
  )
}
