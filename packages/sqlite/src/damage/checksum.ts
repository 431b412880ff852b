import { crc32 } from 'node:zlib'

export interface Summed {
  readonly lane: string
  readonly dedup_key: string
  readonly event_id: string
  readonly event_name: string
  readonly expires_ms: number
  readonly remember_until_ms: number
  readonly trace: string | null
  readonly body: string
}

/** Over all that matters when a row is sent: a pixel's number with a flipped bit is another pixel. */
export function checksum(row: Summed): number {
  const { lane, dedup_key, event_name, event_id, expires_ms, remember_until_ms, trace, body } = row
  return crc32(
    `${lane}\n${dedup_key}\n${event_name}\n${event_id}\n${expires_ms}\n${remember_until_ms}\n${trace}\n${body}`,
  )
}

/** Whether a row is what was written, whatever damage made of it. */
export function isSound(row: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof row['lane'] === 'string' &&
    typeof row['body'] === 'string' &&
    typeof row['dedup_key'] === 'string' &&
    checksum(row as unknown as Summed) === row['crc']
  )
}
