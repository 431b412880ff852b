// Writes THIRD-PARTY-NOTICES of every package that has code of others in its built files; with --check it writes
// nothing, and fails when one of them is not what the build says, or would not be published.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { publicPackages } from '../public-packages.ts'
import { bundledPackages } from './bundled.ts'
import { noticeText } from './notice-text.ts'

const isCheck = process.argv.includes('--check')
const complaints: string[] = []
for (const { folder, manifest } of publicPackages()) {
  const file = join(folder, 'THIRD-PARTY-NOTICES')
  const bundled = bundledPackages(folder)
  const wanted = noticeText(manifest.name, bundled)
  const stored = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  if (wanted !== undefined && manifest.files?.includes('THIRD-PARTY-NOTICES') !== true) {
    complaints.push(`${folder}/package.json: files must name THIRD-PARTY-NOTICES`)
  }
  if (wanted !== undefined)
    console.log(`${manifest.name} has inside: ${[...bundled.keys()].join(', ')}`)
  if (stored === wanted) continue
  if (isCheck) complaints.push(`${file} is not what the built files contain`)
  else if (wanted === undefined) rmSync(file)
  else writeFileSync(file, wanted)
}
if (complaints.length > 0) {
  console.error(`${complaints.join('\n')}\nRenew the notices with: npx -y pnpm@12.21.0 notices`)
  process.exit(1)
}
