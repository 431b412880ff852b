/**
 * An event id made of what identifies the event, the same on server and browser:
 * `eventIdFrom('order', 1001)` is `order.1001`, which a page can write as `'order.' + orderId`.
 * Parts are joined by dots; a dot or percent sign inside a part is written %2E or %25, so that
 * different parts never give the same id.
 */
export function eventIdFrom(...parts: readonly (string | number)[]): string {
  return parts.map((part) => String(part).replaceAll('%', '%25').replaceAll('.', '%2E')).join('.')
}
