import { EXAMPLES, REGIONS } from './phone-numbers.ts'
import { LEFT_OUT, phoneTable } from './phone-rules.ts'

console.log(
  `${EXAMPLES.length} example numbers of ${REGIONS.length} regions, mobile and fixed line`,
)
console.table(phoneTable())
for (const { regions, reason } of LEFT_OUT) console.log(`${regions.join(', ')}: ${reason}`)
