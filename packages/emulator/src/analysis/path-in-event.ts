/** `$['data'][17]['user_data']['em']` and its like become `user_data.em`. */
export function pathInEvent(path: string): string {
  const keys = [...path.matchAll(/\['([^']+)'\]/g)].map(([, key]) => key)
  return keys.length > 1 ? keys.slice(1).join('.') : path
}
