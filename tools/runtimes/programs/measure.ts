// Prints which metrics and spans OpenTelemetry has of one delivered event. Argument: Meta's address.
import process from 'node:process'
import { measured } from '../src/measured.ts'

console.log(JSON.stringify(await measured(process.argv[2] ?? '')))
