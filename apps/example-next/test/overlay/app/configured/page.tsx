import { connection } from 'next/server'

/** A page whose Cache-Control is that of `next.config.ts`. */
export default async function ConfiguredPage() {
  await connection()
  return <p>configured</p>
}
