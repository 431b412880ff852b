// Stops a release that could not be published well, before anything is packed. See CONTRIBUTING.md, Releasing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publicManifests, REPOSITORY } from '../public-packages.ts'
import { releaseBlockers } from './release-blockers.ts'

const blockers = releaseBlockers(publicManifests(), {
  repository: process.env['GITHUB_REPOSITORY'],
  codeowners: readFileSync(join(REPOSITORY, '.github/CODEOWNERS'), 'utf8'),
})
if (blockers.length > 0) {
  console.error(`Not published:\n${blockers.map((one) => `- ${one}`).join('\n')}`)
  console.error('CONTRIBUTING.md, Releasing, says what to write and where.')
  process.exit(1)
}
console.log('Every manifest says where it comes from.')
