import { crc32 } from 'node:zlib'

export interface Summed {
  readonly lane: string
  readonly dedup_key: Uint8Array
  readonly event_id: string
  readonly event_name: string
  readonly expires_ms: number
  readonly remember_until_ms: number
  readonly trace: string | null
  readonly body: string
}

/** Over all that matters when a row is sent: a pixel's number with a flipped bit is another pixel. */
export function checksum(row: Summed): number {
  const { lane, event_name, event_id, expires_ms, remember_until_ms, trace } = row
  const head = JSON.stringify([lane, event_name, event_id, expires_ms, remember_until_ms, trace])
  return crc32(row.body, crc32(head, crc32(row.dedup_key)))
}

/** Whether a row is what was written, whatever damage made of it. */
export function isSound(row: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof row['lane'] === 'string' &&
    typeof row['body'] === 'string' &&
    row['dedup_key'] instanceof Uint8Array &&
    checksum(row as unknown as Summed) === row['crc']
  )
}
