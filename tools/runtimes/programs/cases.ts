// Prints what came of every case, as JSON. Argument: a file with the vectors.
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { allOutcomes } from '../cases/to-bytes.ts'

const vectors = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
process.stdout.write(JSON.stringify(await allOutcomes(vectors)))
