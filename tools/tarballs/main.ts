// Packs every published package as it would be published, out of what was built last, into `tarballs/`.
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { packPublic } from '../consumers/pack.ts'
import { REPOSITORY } from '../public-packages.ts'

const folder = join(REPOSITORY, 'tarballs')
await rm(folder, { recursive: true, force: true })
await mkdir(folder)
await packPublic(['--out', join(folder, '%s.tgz')])
for (const name of (await readdir(folder)).sort()) console.log(`tarballs/${name}`)
console.log(
  'In your application, install core beside those you use: npm install <here>/tarballs/capi-core.tgz …',
)
