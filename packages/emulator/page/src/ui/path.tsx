import { Fragment, type JSX } from 'preact'

/** A path such as `user_data.client_ip_address`, which may break after its dots and underscores. */
export function Path({ path }: { readonly path: string }): JSX.Element {
  return (
    <code>
      {path.split(/(?<=[._])/).map((part, index) => (
        <Fragment key={`${index} ${part}`}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  )
}
